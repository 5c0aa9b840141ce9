// Keys for practised hands; every one has a link or a button on the page.
(() => {
  let row = -1;
  const rows = () => [...document.querySelectorAll("[data-rows] [data-row]")];
  const move = (step) => {
    const all = rows();
    if (!all.length) return;
    row = Math.max(0, Math.min(all.length - 1, row + step));
    all.forEach((one, at) => one.classList.toggle("current", at === row));
    all[row].scrollIntoView({ block: "nearest" });
  };
  const typing = (target) => target.closest("input:not([type=radio]), textarea, select");
  // Whose duty the chosen category is; the server says it again when it is sent.
  const category = document.querySelector("#id_category");
  const notes = [...document.querySelectorAll("[data-for]")];
  const showWhose = () => {
    notes.forEach((note) => { note.hidden = note.dataset.for !== category.value; });
    const away = notes.some((note) => !note.hidden && note.querySelector("a.main"));
    category.form.querySelector("button").classList.toggle("main", !away);
  };
  if (category && notes.length) {
    category.addEventListener("change", showWhose);
    showWhose();
  }
  document.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      const form = event.target.closest("form") || document.querySelector("form[data-ctrl-enter]");
      if (form) { event.preventDefault(); form.requestSubmit(); }
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (event.key === "j") move(1);
    else if (event.key === "k") move(-1);
    else if (event.key === "Enter" && row >= 0 && event.target === document.body) rows()[row].querySelector("a").click();
    else {
      const target = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
      if (!target) return;
      event.preventDefault();
      if (target.matches("input[type=radio], a, button")) target.click();
      target.focus();
    }
  });
})();
