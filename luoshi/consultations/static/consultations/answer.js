// Goes from statement to statement without loading the page, and keeps what could not
// be sent until there is signal again. Without scripts the form does the same.
(() => {
  const form = document.querySelector("form[data-answer]");
  const holder = document.getElementById("later");
  if (!form || !holder || !window.fetch || !window.URLSearchParams) return;
  const later = JSON.parse(holder.textContent);
  const store = `answers:${location.pathname}`;
  const trouble = form.querySelector("[data-trouble]");
  const three = form.querySelector(".three");
  const RETRY_MS = 15000;
  let left = Number(form.dataset.left);
  let memory = [];
  let busy = false;
  const kept = () => {
    try { return JSON.parse(localStorage.getItem(store) || "[]"); } catch { return memory; }
  };
  const keep = (queue) => {
    memory = queue;
    try { localStorage.setItem(store, JSON.stringify(queue)); } catch { /* held in memory */ }
  };
  const say = (words) => { trouble.textContent = words; trouble.hidden = !words; };
  const post = (vote) => fetch(form.action || location.href, {
    method: "POST",
    credentials: "same-origin",
    headers: { Accept: "application/json" },
    body: new URLSearchParams({
      csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value,
      statement: vote.statement,
      value: vote.value,
    }),
  });
  // One after the other, in the order in which they were given. The reload at the end
  // brings the statements that were not on this page.
  const send = async () => {
    if (busy) return;
    busy = true;
    try {
      while (kept().length) {
        const [first] = kept();
        const answer = await post(first);
        const told = answer.ok ? {} : await answer.json().catch(() => ({}));
        // What the town did not judge stays here: a fault, a page that is too old, and
        // too many at once from where this phone is.
        if (!answer.ok && !told.code) throw new Error(String(answer.status));
        if (told.code === "consultations.too_many") {
          say(told.message);
          break;
        }
        keep(kept().slice(1));
        say(told.message || "");
      }
      if (three.hidden && !kept().length) location.reload();
    } catch { say(form.dataset.kept); }
    busy = false;
  };
  const next = () => {
    const one = later.shift();
    left -= 1;
    if (!one) { three.hidden = true; return; }
    form.elements.statement.value = one.id;
    form.querySelector("[data-words]").textContent = one.text;
    form.querySelector("[data-origin]").textContent = one.origin;
    form.querySelector("[data-left-told]").textContent =
      form.dataset.leftWords.replace("{n}", String(left));
  };
  form.addEventListener("submit", (event) => {
    const button = event.submitter || document.activeElement;
    if (!button || button.name !== "value") return;
    event.preventDefault();
    event.stopPropagation();
    keep([...kept(), { statement: form.elements.statement.value, value: button.value }]);
    next();
    send();
  });
  window.addEventListener("online", send);
  setInterval(() => { if (kept().length) send(); }, RETRY_MS);
  if (kept().length) { send().then(() => { if (!kept().length) location.reload(); }); }
})();
