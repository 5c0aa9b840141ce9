// Keeps what was typed until it is sent, and sends a form once. Nothing needs it.
(() => {
  const key = (form) => `draft:${location.pathname}:${form.id}`;
  for (const form of document.querySelectorAll("form[data-draft]")) {
    const boxes = [...form.querySelectorAll("textarea, input[type=text], input[type=tel]")];
    try {
      const kept = JSON.parse(sessionStorage.getItem(key(form)) || "{}");
      for (const box of boxes) if (!box.value && kept[box.name]) box.value = kept[box.name];
      form.addEventListener("input", () => {
        const now = Object.fromEntries(boxes.map((box) => [box.name, box.value]));
        sessionStorage.setItem(key(form), JSON.stringify(now));
      });
    } catch { /* a full or closed store must not stop anybody from writing */ }
  }
  if (document.querySelector("[data-sent]")) sessionStorage.clear();
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.sending) { event.preventDefault(); return; }
    form.dataset.sending = "1";
    setTimeout(() => delete form.dataset.sending, 5000);
  });
})();
