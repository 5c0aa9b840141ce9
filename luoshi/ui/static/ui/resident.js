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

  // A photo of 8 MB from a phone goes out with 1600 px; what fails is sent as it is.
  const LONGEST = 1600;
  const shrunk = async (file) => {
    if (!/^image\/(jpeg|png|webp)$/.test(file.type)) return file;
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.8));
    if (!blob || blob.size >= file.size) return file;
    return new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: blob.type });
  };
  const put = (input, files) => {
    const transfer = new DataTransfer();
    for (const file of files) transfer.items.add(file);
    input.files = transfer.files;
    list(input);
  };
  const list = (input) => {
    const items = [...input.files].map((file) => {
      const item = document.createElement("li");
      const button = document.createElement("button");
      const size = file.size < 1e6 ? `${Math.ceil(file.size / 1e3)} KB` : `${(file.size / 1e6).toFixed(1)} MB`;
      item.append(`${file.name} · ${size} `, button);
      button.type = "button";
      button.className = "plain";
      button.textContent = input.dataset.remove;
      button.addEventListener("click", () => put(input, [...input.files].filter((one) => one !== file)));
      return item;
    });
    if (!input.shown) {
      input.shown = document.createElement("ul");
      input.after(input.shown);
    }
    input.shown.replaceChildren(...items);
  };
  for (const input of document.querySelectorAll("input[type=file][data-remove]")) {
    input.addEventListener("change", async () => {
      try {
        list(input);
        put(input, await Promise.all([...input.files].map((file) => shrunk(file).catch(() => file))));
      } catch { /* an old browser sends them as they are */ }
    });
  }
})();
