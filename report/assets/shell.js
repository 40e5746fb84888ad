// The shell: colour scheme, navigation, tabs and search. Pages read and print without it.
// What it says stands in the page, in data attributes, in the language of the site.
(function () {
  "use strict";
  const root = document.documentElement;

  // --- Colour scheme: automatic, light, dark, and round again -------------------------------------------------
  const schemes = ["automatic", "light", "dark"];
  const schemeButton = document.querySelector("[data-sa-scheme]");

  function currentScheme() {
    return root.getAttribute("data-scheme") || "automatic";
  }

  function showScheme() {
    schemeButton.setAttribute("aria-label", schemeButton.getAttribute(`data-${currentScheme()}`));
    schemeButton.title = schemeButton.getAttribute(`data-${currentScheme()}-title`);
  }

  function setScheme(scheme) {
    if (scheme === "automatic") {
      root.removeAttribute("data-scheme");
    } else {
      root.setAttribute("data-scheme", scheme);
    }
    try {
      if (scheme === "automatic") {
        localStorage.removeItem("sa-scheme");
      } else {
        localStorage.setItem("sa-scheme", scheme);
      }
    } catch (refused) {
      // Not remembered where storage is forbidden.
    }
    showScheme();
  }

  if (schemeButton) {
    showScheme();
    schemeButton.addEventListener("click", () => {
      setScheme(schemes[(schemes.indexOf(currentScheme()) + 1) % schemes.length]);
    });
    addEventListener("storage", (event) => {
      if (event.key === "sa-scheme") {
        setScheme(schemes.includes(event.newValue) ? event.newValue : "automatic");
      }
    });
  }

  // --- Navigation: on a phone the row of links scrolls; begin where the reader is --------------------------------
  const here = document.querySelector(".sa-nav [aria-current]");
  if (here) {
    const row = here.closest("ul");
    row.scrollLeft = here.offsetLeft - row.offsetLeft - (row.clientWidth - here.offsetWidth) / 2;
  }

  // --- Tabs: a row of buttons made of the parts' headings ------------------------------------------------------------
  function tabbed(tabs, number) {
    const panels = [...tabs.querySelectorAll(":scope > .sa-tab")];
    const list = document.createElement("div");
    list.className = "sa-tab-list";
    list.setAttribute("role", "tablist");
    const buttons = panels.map((panel, position) => {
      const title = panel.querySelector(".sa-tab-title");
      const button = document.createElement("button");
      button.type = "button";
      button.id = `sa-tab-${number}-${position}`;
      button.setAttribute("role", "tab");
      button.append(...[...title.childNodes].map((node) => node.cloneNode(true)));
      panel.id = panel.id || `${button.id}-panel`;
      panel.setAttribute("role", "tabpanel");
      panel.setAttribute("aria-labelledby", button.id);
      panel.tabIndex = 0;
      button.setAttribute("aria-controls", panel.id);
      title.hidden = true;
      list.append(button);
      return button;
    });

    function show(shown) {
      panels.forEach((panel, position) => {
        panel.hidden = position !== shown;
        buttons[position].setAttribute("aria-selected", String(position === shown));
        buttons[position].tabIndex = position === shown ? 0 : -1;
      });
    }

    // A link to a tab, or to something inside one, opens it.
    function follow() {
      const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
      const at = target ? panels.findIndex((panel) => panel.contains(target)) : -1;
      if (at >= 0) {
        show(at);
        tabs.scrollIntoView();
      }
    }

    list.addEventListener("click", (event) => {
      const at = buttons.indexOf(event.target.closest("button"));
      if (at >= 0) {
        show(at);
      }
    });
    list.addEventListener("keydown", (event) => {
      const at = buttons.indexOf(document.activeElement);
      const last = buttons.length - 1;
      const to = { ArrowRight: at === last ? 0 : at + 1, ArrowLeft: at === 0 ? last : at - 1, Home: 0, End: last }[event.key];
      if (to !== undefined) {
        event.preventDefault();
        show(to);
        buttons[to].focus();
      }
    });
    tabs.prepend(list);
    show(Math.max(0, panels.findIndex((panel) => panel.classList.contains("sa-tab-first"))));
    follow();
    addEventListener("hashchange", follow);
  }
  document.querySelectorAll(".sa-tabs").forEach(tabbed);

  // --- Search ------------------------------------------------------------------------------------------------
  const dialog = document.getElementById("sa-search");
  const opener = document.querySelector("[data-sa-search]");
  if (!dialog || !opener || typeof dialog.showModal !== "function") {
    return;
  }
  const input = dialog.querySelector("input");
  const status = dialog.querySelector(".sa-search-status");
  const list = dialog.querySelector(".sa-search-results");
  const MOST = 8;
  let engine = null;
  let asked = 0;

  // Loaded on first use, from the site itself.
  function load() {
    const address = new URL(`${root.dataset.root}pagefind/pagefind.js`, document.baseURI).href;
    engine = engine || import(address).then(async (pagefind) => {
      await pagefind.init();
      return pagefind;
    });
    return engine;
  }

  function open() {
    if (!dialog.open) {
      dialog.showModal();
      input.select();
    }
    if (location.protocol === "file:") {
      status.textContent = dialog.dataset.disk;
      input.disabled = true;
      return;
    }
    load().catch(unavailable);
  }

  function unavailable() {
    engine = null;
    status.textContent = dialog.dataset.unavailable;
  }

  // Pagefind's excerpt is HTML with <mark>; it is read in an inert document, and only words and marks are taken over.
  function excerpt(html) {
    const words = new DOMParser().parseFromString(html, "text/html").body;
    const line = document.createElement("p");
    for (const node of words.childNodes) {
      if (node.nodeName === "MARK") {
        const mark = document.createElement("mark");
        mark.textContent = node.textContent;
        line.append(mark);
      } else {
        line.append(node.textContent);
      }
    }
    return line;
  }

  function entry(result) {
    const item = document.createElement("li");
    const link = document.createElement("a");
    const title = document.createElement("strong");
    // The part of the page where the words stand, not merely the page.
    const part = (result.sub_results || []).find((sub) => sub.url !== result.url);
    const best = part && result.sub_results[0] === part ? part : result;
    title.textContent = best === result ? result.meta.title : `${result.meta.title}: ${part.title}`;
    link.href = best.url;
    link.append(title, excerpt(best.excerpt));
    link.addEventListener("click", () => dialog.close());
    item.append(link);
    return item;
  }

  async function find() {
    const mine = ++asked;
    const words = input.value.trim();
    if (!words) {
      list.replaceChildren();
      status.textContent = "";
      return;
    }
    try {
      const pagefind = await load();
      const found = await pagefind.debouncedSearch(words, {}, 120);
      if (!found || mine !== asked) {
        return;
      }
      const results = await Promise.all(found.results.slice(0, MOST).map((result) => result.data()));
      if (mine !== asked) {
        return;
      }
      list.replaceChildren(...results.map(entry));
      status.textContent = describe(found.results.length, words);
    } catch (failed) {
      unavailable();
    }
  }

  function filled(sentence, slots) {
    return sentence.replace(/\{(\w+)\}/g, (_slot, name) => slots[name]);
  }

  function describe(count, words) {
    if (count === 0) {
      return filled(dialog.dataset.none, { words });
    }
    return filled(count > MOST ? dialog.dataset.best : dialog.dataset.found, { count, most: MOST });
  }

  function move(event) {
    // Some browsers empty the field first and close only at the second stroke.
    if (event.key === "Escape") {
      event.preventDefault();
      dialog.close();
      return;
    }
    const stops = [input, ...list.querySelectorAll("a")];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || stops.length < 2) {
      return;
    }
    event.preventDefault();
    const at = stops.indexOf(document.activeElement);
    stops[(at + step + stops.length) % stops.length].focus();
  }

  function typing(target) {
    return target.closest("input, textarea, select, [contenteditable]") !== null;
  }

  opener.addEventListener("click", open);
  input.addEventListener("input", find);
  dialog.addEventListener("keydown", move);
  dialog.querySelector("[data-sa-close]").addEventListener("click", () => dialog.close());
  // A click on the backdrop lands on the dialog itself.
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  addEventListener("keydown", (event) => {
    const slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !typing(event.target);
    const chord = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey);
    if (slash || chord) {
      event.preventDefault();
      open();
    }
  });
})();
