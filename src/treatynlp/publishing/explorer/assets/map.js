"use strict";
/* The whole matrix on one screen: families down, instruments across; a family opens into its topics. */
(() => {
  const { h, address, view, scroll, walkable, legend } = explorer;

  /* From so many instruments on the columns are as narrow as they can be read. */
  const DENSE = 36;

  function count(counts) {
    const found = counts.filter((one) => one === "found").length;
    return { found, known: found + counts.filter((one) => one === "absent").length, all: counts.length };
  }

  const tally = (topics, one) => count(topics.map((topic) => explorer.corpus().counts(topic, one)));

  const said = ({ found, known, all }) => (known ? `${found} of ${known} topics regulated${known < all ? `; ${all - known} not known` : ""}` : "nothing is known");

  /* A family and an instrument: the share of its topics that are regulated, as a filled column and a number. */
  function share(family, topics, one, params) {
    const counted = tally(topics, one);
    const fill = h("span", { class: "level-fill", "aria-hidden": "true" });
    fill.style.blockSize = counted.known ? `${Math.round((100 * counted.found) / counted.known)}%` : "0";
    const href = address("matrix", { family: family.name, on: params.on });
    return h("td", { class: `share${counted.known ? "" : " s-not_assessed"}` },
      h("a", { href, title: `${one.short_title}: ${said(counted)}` }, fill, h("span", { class: "n" }, counted.known ? String(counted.found) : "·"), h("span", { class: "hush" }, ` ${said(counted)}`)));
  }

  function state(topic, one, params) {
    const cell = explorer.corpus().cell(topic, one);
    const sign = explorer.state(cell.state);
    return h("td", { class: `tile s-${cell.state}` }, h("a", { href: address("row", { topic: topic.name, at: one.id, on: params.on }), title: [one.short_title, sign.word, cell.articles].filter(Boolean).join(" · ") },
      h("span", { "aria-hidden": "true" }, sign.sign), h("span", { class: "hush" }, sign.word)));
  }

  const spread = (topic, across) => {
    const { found, known } = count(across.map((one) => explorer.corpus().counts(topic, one)));
    return `${found} of ${known}`;
  };

  function rows(family, across, params) {
    const corpus = explorer.corpus();
    const topics = corpus.topics.filter((one) => one.family === family.name);
    const open = (params.open ?? "").split(",").filter(Boolean);
    const isOpen = open.includes(family.name);
    const others = isOpen ? open.filter((one) => one !== family.name) : [...open, family.name];
    const head = h("tr", { class: "family-row" }, h("th", { scope: "row" }, h("a", { href: address("map", { ...params, open: others.join(",") }), "aria-expanded": String(isOpen) }, h("span", { "aria-hidden": "true" }, isOpen ? "▾ " : "▸ "), family.title)),
      h("td", { class: "spread" }, `${topics.length} ${topics.length === 1 ? "topic" : "topics"}`), across.map((one) => share(family, topics, one, params)));
    const below = isOpen ? topics.map((topic) => h("tr", {}, h("th", { scope: "row", class: "topic" }, h("a", { href: address("row", { topic: topic.name, on: params.on }), title: topic.means }, topic.title)),
      h("td", { class: "spread", title: "regulated by so many of the instruments shown that could, and of which it is known" }, spread(topic, across)), across.map((one) => state(topic, one, params)))) : [];
    return [head, ...below];
  }

  function drawn(across, params) {
    const head = h("thead", {}, h("tr", {}, h("th", { scope: "col", class: "corner" }, "Family"), h("th", { scope: "col", class: "spread" }, "Found in"),
      across.map((one) => h("th", { scope: "col", class: "turned" }, h("a", { href: address("treaty", { id: one.id }), title: one.title }, h("span", {}, `${one.short_title}${one.year && !one.short_title.includes(one.year) ? ` ${one.year}` : ""}`))))));
    const table = h("table", { class: across.length > DENSE ? "map dense" : "map" }, h("caption", { class: "hush" }, "Families of topics down, instruments across: how many topics each regulates"), head,
      h("tbody", {}, explorer.corpus().families.map((family) => rows(family, across, params))));
    table.style.setProperty("--across", String(across.length));
    return walkable(table);
  }

  function controls() {
    return [explorer.chooser("on", explorer.read())];
  }

  function results(params) {
    const corpus = explorer.corpus();
    const across = explorer.chosen(params);
    const unread = corpus.instruments.length - explorer.read().length;
    return {
      title: "The whole matrix at a glance", lead: "Each column is an instrument, each row a family of topics; the number says how many of its topics the instrument regulates. Open a family to see its topics.",
      status: `${corpus.topics.length} topics in ${corpus.families.length} families × ${across.length} instruments${unread && !params.on ? `; the text of ${unread} more was not to hand` : ""}`,
      nodes: [across.length ? scroll("Map; the arrow keys move from cell to cell", drawn(across, params), { class: "scroll" }) : h("p", { class: "empty" }, "There is no instrument with a text in this release."),
        legend()],
      sheets: [],
    };
  }

  view("map", { name: "Overview", controls, results });
})();
