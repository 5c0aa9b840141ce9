// Reads the page aloud where the browser has a voice for it; the button comes only then.
(() => {
  const button = document.querySelector("[data-aloud]"), speech = window.speechSynthesis;
  if (!button || !speech || !window.SpeechSynthesisUtterance) return;
  const main = document.getElementById("content"), words = button.textContent;
  const BLOCKS = "h1,h2,h3,p,li,dt,dd,legend,label,summary,td,th,figcaption,time,button,option";
  const LONGEST = 120;
  let reading = 0, said = null;

  const language = (node) => (node.closest("[lang]").lang.startsWith("en") ? "en" : "zh");
  const voice = (lang) => {
    const fits = speech.getVoices().filter((one) => one.lang.replace("_", "-").startsWith(lang));
    // A voice inside the telephone reads without a network.
    return fits.find((one) => one.localService && /^(zh-CN|zh-Hans|en)/.test(one.lang)) || fits[0];
  };
  const seen = (node) => node.getClientRects().length && !node.closest("[aria-hidden=true],[data-silent]");

  // What a person sees, block by block; a long one in sentences, or browsers fall silent.
  const pieces = () => {
    const found = [];
    const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
    let last = null;
    while (walker.nextNode()) {
      const text = walker.currentNode.data.trim(), parent = walker.currentNode.parentElement;
      if (!text || !seen(parent)) continue;
      const block = parent.closest(BLOCKS) || parent;
      if (block === last) found[found.length - 1].text += ` ${text}`;
      else found.push({ text, lang: language(parent) });
      last = block;
    }
    return found.flatMap(({ text, lang }) => (
      text.match(new RegExp(`[^。！？!?；;]{1,${LONGEST}}[。！？!?；;]*`, "g")) || []
    ).map((piece) => ({ text: piece, lang })));
  };

  const stop = () => {
    reading += 1;
    speech.cancel();
    button.textContent = words;
  };
  const read = () => {
    const mine = reading += 1, rest = pieces();
    button.textContent = button.dataset.stop;
    speech.cancel();
    const next = () => {
      if (mine !== reading) return;
      const piece = rest.shift();
      if (!piece) { stop(); return; }
      // Kept by name: some browsers forget one that nothing holds, with its end.
      said = new SpeechSynthesisUtterance(piece.text);
      said.voice = voice(piece.lang) || null;
      said.lang = piece.lang === "en" ? "en-US" : "zh-CN";
      said.rate = .9;
      said.onend = next;
      // One that cannot be said must not end the rest.
      said.onerror = next;
      speech.speak(said);
    };
    next();
  };
  button.addEventListener("click", () => (button.textContent === words ? read() : stop()));
  window.addEventListener("pagehide", stop);

  const offer = () => { button.hidden = !voice(language(main)); };
  if (speech.addEventListener) speech.addEventListener("voiceschanged", offer);
  offer();
})();
