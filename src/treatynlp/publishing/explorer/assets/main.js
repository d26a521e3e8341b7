"use strict";
/* The frame: shows the view that the address names, and the page about the release. */
(() => {
  const { h, here, go, replace, views, download, said, set } = explorer;
  const at = (id) => document.getElementById(id);
  let entered = null;
  let turn = 0;
  let left = "";

  /* ---- the head of a view: title, controls, downloads ---- */
  function enter(name, params) {
    entered = name;
    const form = h("form", { class: "controls", "aria-label": "What is shown", on: { submit: (event) => event.preventDefault() } },
      h("div", { class: "fields" }, views.get(name).controls?.(params) ?? []));
    form.addEventListener("change", (event) => go(name, { ...here().params, ...(event.target.name === "id" && { at: "" }), ...said(form) }));
    form.addEventListener("input", (event) => typed(event, name, form));
    at("x-view").replaceChildren(h("header", { class: "head" }, h("h1", { id: "x-title", tabindex: "-1" }), h("p", { class: "lead", id: "x-lead" })),
      h("details", { class: "filters", open: window.innerWidth > 640 }, h("summary", {}, "Filters"), form), h("div", { class: "bar" }, h("p", { class: "status", id: "x-said" }), h("div", { class: "actions", id: "x-actions" })));
    form.parentNode.hidden = !form.elements.length;
  }

  let soon = 0;
  function typed(event, name, form) {
    if (!["search", "number"].includes(event.target.type)) return;
    clearTimeout(soon);
    soon = setTimeout(() => { if (here().view === name) replace(name, { ...here().params, ...said(form) }); }, 200);
  }

  /* ---- one turn: from the address to what is shown ---- */
  async function show(moved) {
    const mine = ++turn;
    const { view, params } = here();
    const changed = entered !== view;
    const about = view === "about";
    mark(view, params);
    at("x-about").hidden = !about;
    for (const id of ["x-view", "x-results", "x-status"]) at(id).hidden = about;
    if (about) { entered = view; document.title = "About · Treaties compared"; return settle(at("x-about"), moved && changed, {}); }
    if (changed) enter(view, params);
    set(at("x-view").querySelector("form"), params);
    const found = await result(view, params);
    if (mine !== turn) return undefined;
    return place(found, moved && changed, params);
  }

  async function result(view, params) {
    try {
      return await views.get(view).results(params);
    } catch (error) {
      return { title: views.get(view).name, status: "This view cannot be shown.", sheets: [],
        nodes: [h("p", { class: "empty", role: "alert" }, `This view cannot be shown: ${error.message}. `, h("a", { href: "#" }, "Back to the beginning"))] };
    }
  }

  /* The view again, after something in it was decided; the reader stays where they are. */
  explorer.show = (found) => { history.replaceState({ ...history.state, y: window.scrollY }, ""); place(found, false, here().params); };

  function place(found, focus, params) {
    at("x-title").replaceChildren(found.title);
    at("x-lead").replaceChildren(...[found.lead ?? ""].flat());
    document.title = `${found.title} · Treaties compared`;
    at("x-results").replaceChildren(...(found.nodes ?? []).flat(Infinity).filter(Boolean));
    at("x-said").textContent = found.status ?? "";
    at("x-status").textContent = found.status ?? "";
    at("x-actions").replaceChildren(...(found.sheets ?? []).map((sheet) =>
      h("button", { type: "button", "data-sheet": sheet.name, on: { click: () => download(sheet) } }, sheet.label ?? "Download (CSV)")),
    h("button", { type: "button", class: "quiet", on: { click: () => window.print() } }, "Print"), ...(found.actions ?? []));
    found.after?.();
    return settle(at("x-view"), focus, params);
  }

  /* Where the reader is: where they were and on the link they had followed when they go back, else at what the address
     names, else at the top. */
  function settle(part, focus, params) {
    at("x-main").dataset.shown = location.hash;
    const { y, box } = history.state ?? {};
    const named = params.at && document.querySelector("[data-at]");
    const followed = y !== undefined && focus && [...at("x-results").querySelectorAll("a")].find((one) => one.hash === left);
    if (focus) (followed || part.querySelector("h1"))?.focus({ preventScroll: true });
    left = location.hash;
    if (y !== undefined) window.scrollTo(0, y);
    else if (named) named.scrollIntoView({ block: "start" });
    else if (focus) window.scrollTo(0, 0);
    if (box) document.querySelector("#x-results .scroll")?.scrollTo(...box);
  }

  /* Views of the instruments one has chosen: who goes from one to another has not to choose again. */
  const CHOSEN = ["map", "matrix", "briefing"];

  function mark(view, params) {
    const owner = views.get(view)?.owner ?? view;
    for (const link of document.querySelectorAll("nav [data-view]")) {
      const [left, right, more] = (params.on ?? "").split(",");
      const pair = right && !more ? { left, right } : {};
      link.setAttribute("href", explorer.address(link.dataset.view, CHOSEN.includes(link.dataset.view) ? { on: params.on } : link.dataset.view === "compare" ? pair : {}));
      if (link.dataset.view === owner) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
  }

  /* ---- light and dark ---- */
  const stored = { get: () => { try { return localStorage.getItem("theme"); } catch { return null; } }, set: (name) => { try { localStorage.setItem("theme", name); } catch { /* not kept */ } } };
  const dark = () => (document.documentElement.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";

  function theme(name) {
    if (name) document.documentElement.dataset.theme = name;
    at("x-theme").textContent = dark() ? "Light" : "Dark";
    at("x-theme").setAttribute("aria-label", dark() ? "Switch to light colours" : "Switch to dark colours");
  }

  /* Keeps where the reader is, of the page and of the first part that scrolls by itself (the matrix). */
  let pause = 0;
  function remember() {
    const box = document.querySelector("#x-results .scroll");
    clearTimeout(pause);
    pause = setTimeout(() => history.replaceState({ y: window.scrollY, box: box && [box.scrollLeft, box.scrollTop] }, ""), 60);
  }

  function start() {
    if (!explorer.corpus()) { at("x-status").textContent = "data/corpus.js is missing from this folder; make the release again."; return; }
    theme(stored.get());
    at("x-theme").hidden = false;
    at("x-theme").addEventListener("click", () => { theme(dark() ? "light" : "dark"); stored.set(document.documentElement.dataset.theme); });
    document.querySelector(".skip").addEventListener("click", (event) => { event.preventDefault(); at("x-main").focus(); });
    window.addEventListener("hashchange", () => { clearTimeout(pause); show(true); });
    window.addEventListener("scroll", remember, { passive: true, capture: true });
    explorer.view("about", { name: "About" });
    explorer.countPins();
    at("x-coders").append(explorer.coders());
    at("x-cite").append(explorer.cite(explorer.ofRelease(), "Cite this release"));
    show(false);
  }

  document.addEventListener("DOMContentLoaded", start);
})();
