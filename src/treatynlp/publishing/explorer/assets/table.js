"use strict";
/* Parts that several views show: cells of the matrix, chips, tables one walks with the arrow keys. */
(() => {
  const { h, address, decided } = explorer;

  const state = (name) => explorer.corpus().states.find((one) => one.name === name);

  /* A state as sign and word; made once and copied, since a matrix shows it some thousand times. */
  const states = new Map();
  const shownState = (name) => {
    if (!states.has(name)) {
      const one = state(name);
      states.set(name, h("span", { class: `state s-${one.name}` }, h("span", { class: "sign", "aria-hidden": "true" }, one.sign), " ",
        h("span", { class: "word" }, one.word)));
    }
    return states.get(name).cloneNode(true);
  };

  const legend = () => h("details", { class: "legend" }, h("summary", {}, "How to read the signs"),
    h("dl", {}, explorer.corpus().states.map((one) =>
      h("div", {}, h("dt", {}, shownState(one.name)), h("dd", {}, one.means))),
    h("div", {}, h("dt", {}, h("span", { class: "who" }, "human · rule 90 % · model 62 %")),
      h("dd", {}, "who decided, and how sure a machine was of it"))),
    h("p", {}, h("a", { href: "#about" }, "More on states, confidence and agreement")));

  /* One step of the arrow keys in a table; links are its stops, and only one of them is in the tab order. */
  const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

  function walkable(table) {
    const rows = [...table.rows].map((row) => [...row.cells].map((one) => one.querySelector("a"))).filter((row) => row.some(Boolean));
    rows.flat().filter(Boolean).forEach((link) => { link.tabIndex = -1; });
    const first = rows.flat().find(Boolean);
    if (first) first.tabIndex = 0;
    const place = (link) => { const row = rows.findIndex((one) => one.includes(link)); return [row, rows[row]?.indexOf(link)]; };
    const focus = (link) => {
      table.querySelector('a[tabindex="0"]')?.setAttribute("tabindex", "-1");
      link.tabIndex = 0;
      link.focus();
      link.scrollIntoView({ block: "nearest", inline: "nearest" });
    };
    table.addEventListener("keydown", (event) => {
      const link = event.target.closest("a");
      if (!link || event.altKey || event.ctrlKey || event.metaKey) return;
      const [row, column] = place(link);
      const next = event.key === "Home" ? rows[row].find(Boolean) : event.key === "End" ? rows[row].findLast(Boolean)
        : STEPS[event.key] && beyond(rows, row, column, STEPS[event.key]);
      if (next) { event.preventDefault(); focus(next); } else if (STEPS[event.key]) event.preventDefault();
    });
    table.addEventListener("focusin", (event) => {
      const link = event.target.closest("a");
      table.querySelectorAll('a[tabindex="0"]').forEach((one) => { if (one !== link) one.tabIndex = -1; });
      if (link) link.tabIndex = 0;
    });
    return table;
  }

  function beyond(rows, row, column, [down, right]) {
    for (let r = row + down, c = column + right; r >= 0 && r < rows.length && c >= 0 && c < rows[r].length; r += down, c += right) {
      if (rows[r][c]) return rows[r][c];
    }
    return null;
  }

  /* A part of the page that scrolls sideways, reachable by keyboard. */
  const scroll = (label, node, props = {}) => h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": label, ...props }, node);

  /* A plain table: columns are [heading, class]; a cell is words, an element, or a list of them; the first heads its row. */
  const table = (caption, columns, rows) => h("table", { class: "plain" }, h("caption", { class: "hush" }, caption),
    h("thead", {}, h("tr", {}, columns.map(([name, kind]) => h("th", { scope: "col", class: kind }, name)))),
    h("tbody", {}, rows.map((row) => h("tr", {}, row.map((one, n) =>
      n ? h("td", { class: columns[n][1], "data-head": columns[n][0] }, one) : h("th", { scope: "row", class: columns[n][1] }, one))))));

  const topicLink = (topic, more = {}) => h("a", { class: "chip", href: address("row", { topic: topic.name, ...more }), title: topic.means }, topic.title);

  const instrumentLink = (one, at = "") => h("a", { href: address("treaty", { id: one.id, at }) }, one.short_title);

  /* Words with some of them marked; `spans` are [start, end] in the whole text, of which this shows start to end. */
  function marked(text, start, end, spans) {
    const cut = spans.map(([from, to]) => [Math.max(from, start), Math.min(to, end)]).filter(([from, to]) => from < to)
      .sort((one, other) => one[0] - other[0]);
    const shown = [];
    let at = start;
    for (const [from, to] of cut) {
      if (to <= at) continue;
      shown.push(text.slice(at, Math.max(at, from)), h("mark", {}, text.slice(Math.max(at, from), to)));
      at = to;
    }
    return [...shown, text.slice(at, end)];
  }

  /* What two instruments' provisions differ in, each side by its name. */
  const differing = (told, left, right) => h("ul", { class: "differing" }, explorer.differences(told).map(([name, one, other]) =>
    h("li", {}, h("strong", {}, name), `. ${left.short_title}: ${one}. ${right.short_title}: ${other}.`)));

  const who = (by, score) => h("span", { class: "who" }, decided(by, score));
  const strength = (name) => (name ? h("span", { class: `strength t-${name}` }, name) : null);
  const fixed = (number, digits = 2) => (number === null || number === undefined ? "" : number.toFixed(digits));

  Object.assign(explorer, { differing, state, shownState, legend, walkable, scroll, table, topicLink, instrumentLink, marked, who, strength, fixed });
})();
