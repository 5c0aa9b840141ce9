// Keys for practised hands; every one has a link or a button on the page. They rest
// in fields, while an input method composes, and for whom they are switched off.
(() => {
  const all = (where) => [...document.querySelectorAll(where)];
  const off = document.documentElement.dataset.keys === "off";
  let row = history.state?.row ?? -1, first = "", firstAt = 0;
  const rows = () => all("[data-rows] [data-row]");
  const mark = () => rows().forEach((one, at) => one.classList.toggle("current", at === row));
  const move = (step) => {
    const some = rows();
    if (!some.length) return;
    row = Math.max(0, Math.min(some.length - 1, row + step));
    mark();
    // The way back to this page finds the row again; no name is kept.
    history.replaceState({ ...history.state, row }, "");
    some[row].scrollIntoView({ block: "nearest" });
    some[row].querySelector("a")?.focus({ preventScroll: true });
  };
  mark();

  const quiet = ["radio", "checkbox", "submit", "button"];
  const typing = (target) =>
    target.closest("textarea, select, [contenteditable]") ||
    (target.matches("input") && !quiet.includes(target.type));

  // Whose duty the chosen category is; the server says it again when it is sent.
  const category = document.querySelector("#id_category");
  const notes = all("[data-for]");
  const offers = all("input[name=suggested][type=radio]");
  const about = () => category.value || offers.find((one) => one.checked)?.dataset.category || "";
  const showWhose = () => {
    const chosen = about();
    notes.forEach((note) => { note.hidden = note.dataset.for !== chosen; });
    const away = notes.some((note) => !note.hidden && note.querySelector("a.main"));
    category.form.querySelector("button").classList.toggle("main", !away);
  };
  // One of the two: what is proposed, or what is chosen from the list.
  for (const one of offers) {
    one.addEventListener("change", () => { category.value = ""; showWhose(); });
  }
  if (category && offers.length) {
    category.addEventListener("change", () => {
      if (category.value) offers.forEach((one) => { one.checked = false; });
    });
  }
  if (category && notes.length) {
    category.addEventListener("change", showWhose);
    showWhose();
  }

  // A template goes in where the hand is, without a page load.
  for (const button of all("[data-insert]")) {
    button.addEventListener("click", (event) => {
      event.preventDefault();
      const from = document.getElementById(button.dataset.from);
      const box = document.getElementById(button.dataset.insert);
      const text = from.selectedOptions[0]?.dataset.text;
      if (!text) { from.focus(); return; }
      box.focus();
      box.setRangeText(text, box.selectionStart, box.selectionEnd, "end");
      box.dispatchEvent(new Event("input", { bubbles: true }));
      from.value = "";
    });
  }

  // What is copied out; without scripts the text is marked by hand.
  for (const button of all("[data-copy]")) {
    const from = document.getElementById(button.dataset.copy);
    button.hidden = false;
    button.addEventListener("click", async () => {
      from.select();
      // Old browsers, and pages that are not encrypted, have no clipboard.
      if (navigator.clipboard) await navigator.clipboard.writeText(from.value);
      else document.execCommand("copy");
      button.textContent = button.dataset.done;
    });
  }

  // How many are chosen; without scripts the bar says it in words.
  for (const bar of all("[data-chosen]")) {
    const boxes = all(`input[form="${bar.form.id}"][type=checkbox]`);
    const count = () => {
      const chosen = boxes.filter((box) => box.checked).length;
      bar.value = bar.dataset.chosen.replace("{n}", chosen);
      bar.closest(".bulk").hidden = !chosen;
      boxes.forEach((box) => box.closest("tr").classList.toggle("ticked", box.checked));
    };
    bar.form.addEventListener("reset", () => setTimeout(count));
    boxes.forEach((box) => box.addEventListener("change", count));
    count();
  }
  for (const button of all("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => print());
  }

  // A page that opens over this one, so that nothing typed is lost.
  const over = async (link) => {
    try {
      const answer = await fetch(link.href);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const dialog = document.createElement("dialog");
      const form = document.createElement("form");
      const close = document.createElement("button");
      form.method = "dialog";
      close.className = "button";
      close.textContent = link.dataset.dialog;
      form.append(close);
      const heading = page.querySelector("main h1");
      heading.id = "over";
      dialog.setAttribute("aria-labelledby", "over");
      dialog.append(...page.querySelector("main").childNodes, form);
      dialog.addEventListener("close", () => { dialog.remove(); link.focus(); });
      document.body.append(dialog);
      dialog.showModal();
      close.focus();
    } catch { location.assign(link.href); }
  };
  for (const link of all("[data-dialog]")) {
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      over(link);
    });
  }

  const press = (target) => {
    if (target.matches("input[type=radio], input[type=checkbox], a, button, summary")) target.click();
    if (target.matches("a, button")) return;
    const inside = target.matches("summary") && target.parentElement.querySelector("input:not([type=hidden])");
    (inside || target).focus();
  };
  const back = () => {
    const up = document.querySelector("a[data-back]");
    if (document.referrer.startsWith(location.origin + "/") && history.length > 1) history.back();
    else if (up) up.click();
  };
  const tick = () => {
    const box = rows()[row]?.querySelector("input[type=checkbox]");
    if (box) box.click();
  };

  if (off) return;
  document.addEventListener("keydown", (event) => {
    const { target, key } = event;
    // 229: Safari ends composing before the key that ended it.
    if (event.isComposing || event.keyCode === 229 || event.defaultPrevented) return;
    if (document.querySelector("dialog[open]")) return;
    if (key === "Enter" && (event.ctrlKey || event.metaKey)) {
      const form = target.closest("form") || document.querySelector("form[data-ctrl-enter]");
      if (form) { event.preventDefault(); form.requestSubmit(); }
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (typing(target)) {
      if (key === "Escape" && !target.matches("select")) target.blur();
      return;
    }
    const both = first && event.timeStamp - firstAt < 1500 ? `${first} ${key}` : key;
    first = both === "g" ? "g" : "";
    firstAt = event.timeStamp;
    if (first) return;
    const found = all(`[data-key="${CSS.escape(both)}"]`).find((one) => !one.closest("[hidden]"));
    if (found) { event.preventDefault(); press(found); }
    else if (key === "j") move(1);
    else if (key === "k") move(-1);
    else if (key === "x") tick();
    else if (key === "Escape") back();
    else if (key === "Enter" && row >= 0 && target === document.body) rows()[row]?.querySelector("a").click();
  });
})();
