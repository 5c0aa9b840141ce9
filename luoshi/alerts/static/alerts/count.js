// How long the message is, said while it is written; the server says it again.
(() => {
  for (const said of document.querySelectorAll("output[data-sms]")) {
    const box = document.getElementById(said.dataset.sms);
    const count = () => {
      const text = said.dataset.signed + box.value.split(/\r?\n/).map((line) => line.trim()).join("");
      let parts = 1, used = 0;
      if (text.length > 70) {
        // A character of two units is never cut between two messages.
        for (const one of text) {
          if (used + one.length > 67) { parts += 1; used = 0; }
          used += one.length;
        }
      }
      const words = parts === 1 ? said.dataset.one : said.dataset.more;
      said.value = words.replace("{n}", text.length).replace("{parts}", parts).replace("{left}", 67 - used);
    };
    box.addEventListener("input", count);
    if (box.value) count();
  }
})();
