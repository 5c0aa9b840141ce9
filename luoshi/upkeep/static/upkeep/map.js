// Opens the large map where the browser can draw it; the drawing and the list stay without it.
(() => {
  const box = document.querySelector("[data-map]"), open = document.querySelector("[data-map-open]");
  if (!box || !open || !window.Worker) return;
  const probe = document.createElement("canvas");
  if (!probe.getContext("webgl2")) return;
  open.hidden = false;
  const told = document.querySelector("[data-map-told]");
  const drawing = document.querySelector("svg.map");
  const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const GREYS = ["match", ["get", "grade"], 1, "#ffffff", 2, "#c9ced4", 3, "#87929e", 4, "#5b6571", 5, "#39424e", "#ffffff"];

  const load = () => new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = box.dataset.library;
    script.onload = done;
    script.onerror = failed;
    document.head.append(script);
  });

  const reach = (all) => {
    const bounds = new maplibregl.LngLatBounds();
    const walk = (part) => (typeof part[0] === "number" ? bounds.extend(part) : part.forEach(walk));
    all.forEach((one) => walk(one.geometry.coordinates));
    return bounds;
  };

  const style = (data) => {
    const edge = token("--edge"), bad = token("--bad"), worst = ["==", ["get", "grade"], 5];
    return {
      version: 8,
      sources: {
        villages: { type: "geojson", data: data.villages },
        places: { type: "geojson", data: data.places },
      },
      layers: [
        { id: "paper", type: "background", paint: { "background-color": token("--wash") } },
        { id: "villages", type: "fill", source: "villages", paint: { "fill-color": token("--paper") } },
        { id: "borders", type: "line", source: "villages", paint: { "line-color": edge, "line-width": 1, "line-dasharray": [4, 2] } },
        { id: "lines", type: "line", source: "places", filter: ["==", ["geometry-type"], "LineString"], layout: { "line-cap": "round" }, paint: { "line-color": ["case", worst, bad, ["==", ["get", "grade"], 1], "#dfe3e7", GREYS], "line-width": 5 } },
        { id: "points", type: "circle", source: "places", filter: ["==", ["geometry-type"], "Point"], paint: { "circle-radius": 6, "circle-color": GREYS, "circle-stroke-color": ["case", worst, bad, edge], "circle-stroke-width": ["case", worst, 2.5, 1] } },
      ],
    };
  };

  const say = (place) => {
    const link = document.createElement("a");
    link.href = place.url;
    link.textContent = place.name;
    told.replaceChildren(link, ` · ${place.kind}${place.said ? ` · ${place.said}` : ""}`);
  };

  const draw = (data) => {
    const all = [...data.places.features, ...data.villages.features];
    if (!all.length) return;
    maplibregl.setWorkerUrl(box.dataset.worker);
    box.hidden = false;
    const map = new maplibregl.Map({
      container: box, style: style(data), bounds: reach(all), fitBoundsOptions: { padding: 32 },
      attributionControl: false, dragRotate: false, pitchWithRotate: false, maxZoom: 18,
    });
    map.touchZoomRotate.disableRotation();
    map.getCanvas().setAttribute("aria-label", box.dataset.label);
    data.names.forEach(({ name, at }) => {
      const word = document.createElement("span");
      word.className = "village";
      word.textContent = name;
      new maplibregl.Marker({ element: word }).setLngLat(at).addTo(map);
    });
    const layers = ["points", "lines"];
    map.on("click", (event) => {
      const { x, y } = event.point;
      const [hit] = map.queryRenderedFeatures([[x - 8, y - 8], [x + 8, y + 8]], { layers });
      if (hit) say(hit.properties);
    });
    map.on("mousemove", layers, () => { map.getCanvas().style.cursor = "pointer"; });
    map.on("mouseleave", layers, () => { map.getCanvas().style.cursor = ""; });
    document.querySelectorAll("[data-map-zoom]").forEach((button) => {
      button.hidden = false;
      button.addEventListener("click", () => map.zoomTo(map.getZoom() + Number(button.dataset.mapZoom), { animate: false }));
    });
    map.once("idle", () => { box.dataset.drawn = "yes"; });
    if (drawing) drawing.setAttribute("hidden", "");
    open.hidden = true;
  };

  open.addEventListener("click", async () => {
    open.setAttribute("aria-disabled", "true");
    try {
      const [answer] = await Promise.all([fetch(box.dataset.map), load()]);
      draw(await answer.json());
    } catch {
      // What stands there without it stays.
      open.hidden = true;
      box.hidden = true;
      told.textContent = box.dataset.failed;
    }
  });
})();
