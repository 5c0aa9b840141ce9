// Draws rectangles over a photo; what counts is the text field beneath, in percent.
"use strict";
for (const image of document.querySelectorAll("[data-cover]")) {
  const field = document.getElementById(image.dataset.cover);
  const frame = image.parentElement;
  let start = null;
  const percent = (event) => {
    const box = image.getBoundingClientRect();
    const clamp = (value) => Math.min(100, Math.max(0, value));
    return [
      clamp(((event.clientX - box.left) / box.width) * 100),
      clamp(((event.clientY - box.top) / box.height) * 100),
    ];
  };
  const draw = () => {
    frame.querySelectorAll("span").forEach((old) => old.remove());
    for (const line of field.value.split("\n")) {
      const numbers = (line.match(/\d+(\.\d+)?/g) || []).map(Number);
      if (numbers.length !== 4) continue;
      const cover = document.createElement("span");
      ["left", "top", "width", "height"].forEach((side, place) => {
        cover.style[side] = `${numbers[place]}%`;
      });
      frame.append(cover);
    }
  };
  image.draggable = false;
  image.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    image.setPointerCapture(event.pointerId);
    start = percent(event);
  });
  image.addEventListener("pointerup", (event) => {
    if (!start) return;
    const end = percent(event);
    const left = Math.min(start[0], end[0]);
    const top = Math.min(start[1], end[1]);
    const width = Math.abs(end[0] - start[0]);
    const height = Math.abs(end[1] - start[1]);
    start = null;
    if (width < 1 || height < 1) return;
    const line = [left, top, width, height].map((one) => one.toFixed(1)).join(" ");
    field.value = field.value.trim() ? `${field.value.trim()}\n${line}` : line;
    draw();
  });
  image.addEventListener("pointercancel", () => { start = null; });
  field.addEventListener("input", draw);
  draw();
}
