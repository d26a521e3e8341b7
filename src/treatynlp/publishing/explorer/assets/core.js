"use strict";
/* The explorer's ground floor: elements, addresses, data, downloads. What was read from a treaty or a registry becomes
   text nodes and attributes, never markup. */
const explorer = (() => {
  const data = new Map();
  const views = new Map();
  const WEB = /^https?:\/\//i;

  /* An element. Children are elements or words; `href` is kept only for this page, the release's files and the web. */
  function h(tag, props, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(props ?? {})) {
      if (value === null || value === undefined || value === false) continue;
      if (name === "on") Object.entries(value).forEach(([event, act]) => node.addEventListener(event, act));
      else if (name === "href") node.setAttribute(name, WEB.test(value) || value.startsWith("#") ? value : "#");
      else node.setAttribute(name, value === true ? "" : value);
    }
    node.append(...children.flat(Infinity).filter((one) => one !== null && one !== undefined && one !== false && one !== ""));
    return node;
  }

  /* A link to a source on the web; mere words where the address is none. */
  function outside(url, words, props = {}) {
    if (!WEB.test(url ?? "")) return h("span", {}, words);
    return h("a", { href: url, target: "_blank", rel: "noopener noreferrer", class: "out", ...props }, words);
  }

  /* The address of a source, opened at a page where it has pages. */
  const paged = (source, page) => (source ? (source.paged && page ? `${source.url}#page=${page}` : source.url) : "");

  /* ---- addresses of views: #matrix?family=procedure ---- */
  function address(view, params = {}) {
    const kept = Object.entries(params).filter(([, value]) => value !== "" && value !== null && value !== undefined);
    const query = new URLSearchParams(kept.map(([name, value]) => [name, String(value)])).toString();
    return `#${view}${query ? `?${query}` : ""}`;
  }

  function here() {
    const [view, query] = location.hash.slice(1).split(/\?(.*)/s);
    return { view: views.has(view) ? view : document.documentElement.dataset.first, params: Object.fromEntries(new URLSearchParams(query ?? "")) };
  }

  const go = (view, params) => { location.hash = address(view, params); };

  /* The same view with other parameters, without a step in the browser's history: for what is being typed. */
  function replace(view, params) {
    history.replaceState(null, "", address(view, params));
    window.dispatchEvent(new HashChangeEvent("hashchange"));
  }

  /* ---- data: scripts loaded when a view needs them ---- */
  const take = (name, body) => { data.set(name, body); };
  const coming = new Map();

  function load(name) {
    if (data.has(name)) return Promise.resolve(data.get(name));
    if (!coming.has(name)) coming.set(name, new Promise((resolve, reject) => {
      const path = name.split("/").map(encodeURIComponent).join("/");
      document.head.append(h("script", { src: `data/${path}.js`, on: {
        load: () => resolve(data.get(name)),
        error: () => { coming.delete(name); reject(new Error(`data/${path}.js is missing from this folder`)); },
      } }));
    }));
    return coming.get(name);
  }

  /* ---- what is shown as a table for spreadsheets: RFC 4180, UTF-8 with its mark, nothing a spreadsheet evaluates ---- */
  const EVALUATED = /^'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;
  const BEHIND = /(?<=;)([ \t]*)('*)(?=[=+\-@\uff1d\uff0b\uff0d\uff20])/g;
  const CONTROL = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]/g;

  function cell(value) {
    if (value === null || value === undefined) return "";
    let words = String(value);
    if (typeof value === "string") {
      words = words.replace(CONTROL, "").replace(BEHIND, "$1'$2");
      if (EVALUATED.test(words)) words = `'${words}`;
    }
    return /[",\r\n]/.test(words) ? `"${words.replaceAll('"', '""')}"` : words;
  }

  const csv = (sheet) => `\ufeff${[sheet.columns, ...sheet.rows].map((row) => `${row.map(cell).join(",")}\r\n`).join("")}`;

  const download = (sheet) => save(`${sheet.name}.csv`, "text/csv", csv(sheet));

  /* A file for the reader to keep. */
  function save(name, type, words) {
    const url = URL.createObjectURL(new Blob([words], { type: `${type};charset=utf-8` }));
    const link = document.createElement("a");
    link.href = url;
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 1000);
  }

  /* A view: `controls(params)` is built once when it is entered, `results(params)` whenever the address changes. */
  const view = (name, parts) => views.set(name, parts);

  return { h, outside, paged, address, here, go, replace, take, load, csv, download, save, view, views };
})();
