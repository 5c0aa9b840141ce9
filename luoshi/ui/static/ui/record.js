// Records in the page where the browser can; the file box does it everywhere else.
(() => {
  const TYPES = { "audio/mp4;codecs=mp4a.40.2": "m4a", "audio/webm;codecs=opus": "webm", "audio/ogg;codecs=opus": "ogg", "audio/mp4": "m4a" };
  const can = window.MediaRecorder && MediaRecorder.isTypeSupported && window.DataTransfer
    && navigator.mediaDevices && navigator.mediaDevices.getUserMedia;
  const type = can && Object.keys(TYPES).find((one) => MediaRecorder.isTypeSupported(one));
  if (!type) return;
  const clock = (s) => `${Math.floor(s / 60)}:${String(s % 60).padStart(2, "0")}`;

  const prepare = (input) => {
    const { record, stop, failed, most } = input.dataset;
    const box = document.createElement("div"), button = document.createElement("button");
    const said = document.createElement("p"), player = document.createElement("audio");
    let recorder = null, asking = false, after = null;
    box.className = "recorder";
    button.type = "button";
    button.className = "button";
    button.textContent = record;
    said.setAttribute("role", "status");
    player.controls = true;
    player.hidden = true;
    box.append(button, said, player);
    input.before(box);

    const put = (blob) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([blob], `recording.${TYPES[type]}`, { type: blob.type }));
      input.files = transfer.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    };
    // Taken out, or another one chosen: what can be heard is what will be sent.
    const show = () => {
      if (player.src) URL.revokeObjectURL(player.src);
      player.hidden = !input.files.length;
      if (player.hidden) player.removeAttribute("src");
      else player.src = URL.createObjectURL(input.files[0]);
    };
    input.addEventListener("change", show);
    input.addEventListener("taken-out", show);

    const listen = (stream) => {
      const parts = [], begun = Date.now();
      recorder = new MediaRecorder(stream, { mimeType: type, audioBitsPerSecond: 32000 });
      // What stands still is announced; what ticks is not.
      said.setAttribute("role", "timer");
      const tick = setInterval(() => {
        const seconds = Math.floor((Date.now() - begun) / 1000);
        said.textContent = `${clock(seconds)} / ${clock(Number(most))}`;
        if (seconds >= Number(most)) recorder.stop();
      }, 250);
      recorder.addEventListener("dataavailable", (event) => parts.push(event.data));
      recorder.addEventListener("stop", () => {
        clearInterval(tick);
        for (const track of stream.getTracks()) track.stop();
        recorder = null;
        button.textContent = record;
        said.textContent = "";
        put(new Blob(parts, { type: type.split(";")[0] }));
        if (after) after();
        after = null;
      });
      // In pieces, so that little is lost if the browser dies.
      recorder.start(1000);
      button.textContent = stop;
    };

    button.addEventListener("click", () => {
      if (recorder) { recorder.stop(); return; }
      if (asking) return;
      asking = true;
      said.textContent = "";
      navigator.mediaDevices.getUserMedia({ audio: true }).then(listen).catch(() => {
        said.setAttribute("role", "status");
        said.textContent = failed;
      }).then(() => { asking = false; });
    });
    // Sent in the middle of a sentence: the recording ends first, and goes along.
    input.form.addEventListener("submit", (event) => {
      if (!recorder) return;
      event.preventDefault();
      event.stopPropagation();
      const button = event.submitter;
      after = () => (input.form.requestSubmit ? input.form.requestSubmit(button) : input.form.submit());
      recorder.stop();
    });
  };
  for (const input of document.querySelectorAll("input[data-record]")) prepare(input);
})();
