// Charts become interactive when a reader first touches one; until then, and wherever that fails, they stay pictures.
// Colours are custom properties inside the SVG, so light and dark need nothing from this script.
(() => {
  "use strict";
  // Opened from disk a page may not fetch anything; its pictures and tables are all there.
  if (!/^https?:$/.test(location.protocol) || !document.currentScript) return;
  const bundle = new URL("vega.js", document.currentScript.src).href;
  const figures = new Map();
  let awake = false;
  let library;

  const load = () => (library ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = bundle;
    script.onload = () => resolve(window.segmentAtlasVega);
    script.onerror = reject;
    document.head.append(script);
  }));

  const options = (formatLocale) => ({
    mode: "vega-lite", renderer: "svg", ast: true, actions: false, defaultStyle: false, formatLocale,
    tooltip: { disableDefaultStyle: true },
  });

  class Chart {
    constructor(figure) {
      this.figure = figure;
      this.picture = figure.querySelector(".sa-picture");
      this.exact = Boolean(figure.querySelector("[data-reset]"));
      this.values = {};
      this.queue = Promise.resolve();
      this.near = false;
    }

    get size() {
      // Charts that stand three abreast have no wide picture.
      const wide = this.picture.querySelector(".sa-wide");
      return wide && getComputedStyle(wide).display !== "none" ? "wide" : "narrow";
    }

    // One drawing at a time; a failure leaves the picture.
    draw() {
      this.queue = this.queue.then(() => this.embed()).catch(() => this.clear());
      return this.queue;
    }

    async embed() {
      const embed = await load();
      this.source ??= await (await fetch(this.figure.dataset.chart)).json();
      const size = this.size;
      const still = this.picture.querySelector(`.sa-${size}`);
      const spec = structuredClone(this.source[size]);
      for (const param of spec.params ?? []) if (param.name in this.values) param.value = this.values[param.name];
      if (this.exact) {
        const { width, height } = still.firstElementChild.viewBox.baseVal;
        fit(spec, still.clientWidth - width, still.clientHeight - height);
      }
      const live = document.createElement("div");
      live.className = `sa-live sa-live-${size} ${this.exact ? "sa-exact" : ""}`;
      live.setAttribute("aria-hidden", "true");
      live.style.maxInlineSize = getComputedStyle(still).maxInlineSize;
      live.style.visibility = "hidden";
      this.picture.append(live);
      try {
        this.next = await embed(live, spec, options(this.source.formatLocale));
      } catch (error) {
        live.remove();
        throw error;
      }
      this.clear();
      this.result = this.next;
      this.live = live;
      this.drawn = size;
      this.width = this.picture.clientWidth;
      live.style.visibility = "";
      this.result.view.addEventListener("click", (_event, item) => item?.datum?.s && this.toggle(String(item.datum.s)));
      this.figure.dataset.interactive = "true";
    }

    clear() {
      this.result?.finalize();
      this.live?.remove();
      this.result = this.live = undefined;
      delete this.figure.dataset.interactive;
    }

    resized() {
      if (!this.result) return;
      const moved = this.exact && Math.abs(this.picture.clientWidth - this.width) > 2;
      if (moved || this.size !== this.drawn) this.draw();
    }

    toggle(value) {
      const button = [...this.figure.querySelectorAll(".sa-legend button")].find((one) => one.value === value);
      button?.click();
    }

    // The segments whose buttons are pressed; none pressed shows them all.
    choose(legend) {
      const pressed = [...legend.querySelectorAll('[aria-pressed="true"]')].map((button) => Number(button.value));
      const name = legend.dataset.param;
      this.values[name] = pressed;
      if (this.result) this.result.view.signal(name, pressed).runAsync();
      else this.draw();
    }

    pick(select) {
      const name = select.dataset.param;
      const option = select.selectedOptions[0];
      this.values[name] = option.value;
      this.values[`${name}_label`] = option.textContent;
      this.values[`${name}_format`] = option.dataset.format;
      this.draw();
    }
  }

  // Draws a brush at the size it is seen at, so that pointer and plot agree: more pixels are shared out by size.
  function fit(spec, wider, higher) {
    const views = spec.hconcat ?? spec.vconcat;
    if (views) {
      const whole = (way) => views.reduce((sum, view) => sum + view[way], 0);
      const [width, height] = [spec.hconcat && whole("width"), spec.vconcat && whole("height")];
      for (const view of views) {
        fit(view, width ? (wider * view.width) / width : wider, height ? (higher * view.height) / height : higher);
      }
    } else if (typeof spec.width === "number") {
      spec.width = Math.max(80, Math.round(spec.width + wider));
      spec.height = Math.max(80, Math.round(spec.height + higher));
    }
  }

  function wake() {
    if (awake) return;
    awake = true;
    for (const chart of figures.values()) if (chart.near) chart.draw();
  }

  function start() {
    const sight = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) {
        const chart = figures.get(target);
        chart.near ||= isIntersecting;
        if (isIntersecting && awake && !chart.result) chart.draw();
        if (isIntersecting) sight.unobserve(target);
      }
    }, { rootMargin: "400px" });
    const frames = new ResizeObserver((entries) => {
      for (const { target } of entries) figures.get(target).resized();
    });
    for (const figure of document.querySelectorAll(".sa-figure[data-chart]")) {
      figures.set(figure, new Chart(figure));
      for (const event of ["pointerover", "pointerdown", "focusin"]) {
        figure.addEventListener(event, wake, { once: true, passive: true });
      }
      figure.querySelector(".sa-controls")?.removeAttribute("hidden");
      sight.observe(figure);
      frames.observe(figure);
    }
    document.addEventListener("click", (event) => {
      const button = event.target.closest?.(".sa-figure .sa-chip, .sa-figure .sa-reset");
      const chart = button && figures.get(button.closest(".sa-figure"));
      if (!chart) return;
      if (button.matches(".sa-reset")) return void chart.draw();
      button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") !== "true"));
      chart.choose(button.closest(".sa-legend"));
    });
    document.addEventListener("change", (event) => {
      const select = event.target.closest?.(".sa-figure select[data-param]");
      if (select) figures.get(select.closest(".sa-figure"))?.pick(select);
    });
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
