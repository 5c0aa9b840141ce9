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
  try {
    if (document.querySelector("[data-sent]")) sessionStorage.clear();
  } catch { /* a closed store keeps nothing that would have to go */ }

  // What each file input waits for before its form may leave.
  const pending = new Map();
  const send = (form, button) => {
    if (form.requestSubmit) form.requestSubmit(button);
    else form.submit();
  };
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.sending) { event.preventDefault(); return; }
    form.dataset.sending = "1";
    const waits = [...pending].filter(([input]) => input.form === form).map(([, work]) => work);
    if (!waits.length) { setTimeout(() => delete form.dataset.sending, 5000); return; }
    event.preventDefault();
    const button = event.submitter;
    Promise.all(waits).then(() => { delete form.dataset.sending; send(form, button); });
  });

  // A photo of 8 MB from a phone goes out with 1600 px; what fails is sent as it is.
  const LONGEST = 1600, PATIENCE_MS = 15000;
  // A browser that would lay a photo on its side had better not touch it.
  const upright = window.CSS && CSS.supports("image-orientation", "from-image");
  const shrunk = async (file) => {
    if (!upright || !/^image\/(jpeg|png|webp)$/.test(file.type)) return file;
    const picture = new Image();
    picture.src = URL.createObjectURL(file);
    try {
      await picture.decode();
      const scale = Math.min(1, LONGEST / Math.max(picture.naturalWidth, picture.naturalHeight));
      const canvas = document.createElement("canvas");
      canvas.width = Math.round(picture.naturalWidth * scale);
      canvas.height = Math.round(picture.naturalHeight * scale);
      const pen = canvas.getContext("2d");
      // JPEG knows no transparency: what shows through is paper, not black.
      pen.fillStyle = "#fff";
      pen.fillRect(0, 0, canvas.width, canvas.height);
      pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
      const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.8));
      if (!blob || blob.size >= file.size) return file;
      return new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: blob.type });
    } finally { URL.revokeObjectURL(picture.src); }
  };
  const put = (input) => {
    const transfer = new DataTransfer();
    for (const one of input.chosen) transfer.items.add(one.file);
    input.files = transfer.files;
    list(input);
  };
  // The list holds what was chosen, not files: a photo keeps its place, and stays out
  // once it was taken out, also while it is being made smaller.
  const list = (input) => {
    if (!input.shown) {
      input.shown = document.createElement("ul");
      input.shown.className = "chosen";
      input.after(input.shown);
    }
    input.shown.textContent = "";
    for (const one of input.chosen) {
      const item = document.createElement("li");
      const button = document.createElement("button");
      const { name, size } = one.file;
      const shown = size < 1e6 ? `${Math.ceil(size / 1e3)} KB` : `${(size / 1e6).toFixed(1)} MB`;
      item.append(`${name} · ${one.busy ? input.dataset.busy : shown} `, button);
      button.type = "button";
      button.className = "plain";
      button.textContent = input.dataset.remove;
      button.addEventListener("click", () => {
        input.chosen.splice(input.chosen.indexOf(one), 1);
        put(input);
        input.dispatchEvent(new Event("taken-out"));
      });
      input.shown.append(item);
    }
  };
  const shrink = async (input, one) => {
    const late = new Promise((done) => setTimeout(() => done(one.file), PATIENCE_MS));
    const file = await Promise.race([shrunk(one.file).catch(() => one.file), late]);
    one.busy = false;
    one.file = file;
    // Chosen anew in the meantime, or taken out: nothing to put back.
    if (input.chosen.includes(one)) put(input);
  };
  for (const input of document.querySelectorAll("input[type=file][data-remove]")) {
    input.addEventListener("change", () => {
      try {
        input.chosen = [...input.files].map((file) => ({ file, busy: /^image\//.test(file.type) }));
        list(input);
        const work = Promise.all(input.chosen.map((one) => shrink(input, one)))
          .catch(() => { /* an old browser sends them as they are */ })
          .then(() => { if (pending.get(input) === work) pending.delete(input); });
        pending.set(input, work);
      } catch { /* an old browser sends them as they are */ }
    });
  }
})();
