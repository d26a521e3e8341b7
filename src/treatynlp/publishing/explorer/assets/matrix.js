"use strict";
/* The matrix: topics down, instruments across. */
(() => {
  const { h, address, view, shownState, walkable, scroll, legend, decided, fixed, field, choice, check, years } = explorer;
  const SHOWN = { presence: "Presence", articles: "Articles", strength: "Strength", parameters: "Parameters" };
  const INSTRUMENT_FILTERS = { body: "Body", region: "Region", kind: "Kind", scope: "Scope" };

  /* ---- what is shown ---- */
  function instruments(params) {
    const corpus = explorer.corpus();
    const chosen = params.on ? params.on.split(",") : null;
    const kept = corpus.instruments.filter((one) => (chosen ? chosen.includes(one.id) : fits(one, params)));
    return kept.sort(params.order === "name" ? byName : byDate);
  }

  const byName = (one, other) => one.short_title.localeCompare(other.short_title, "en") || one.n - other.n;
  const byDate = (one, other) => (one.made || "9999").localeCompare(other.made || "9999") || byName(one, other);

  function fits(one, params) {
    const same = Object.keys(INSTRUMENT_FILTERS).every((name) => !params[name] || one[name] === params[name]);
    const binding = !params.binding || (params.binding === "yes") === one.binding;
    const read = one.status !== "not_assessed";
    const text = params.text === "all" || (params.text === "without" ? !read : read || !someRead());
    return same && binding && text && (!params.from || one.year >= params.from) && (!params.to || (one.year && one.year <= params.to));
  }

  const someRead = () => explorer.corpus().instruments.some((one) => one.status !== "not_assessed");

  function topics(params, across) {
    const corpus = explorer.corpus();
    const words = (params.find ?? "").toLowerCase();
    const kept = corpus.topics.filter((one) => (!params.family || one.family === params.family)
      && (!words || `${one.title} ${one.synonyms.join(" ")} ${one.means}`.toLowerCase().includes(words))
      && (!params.found || across.some((other) => corpus.counts(one, other) === "found")));
    if (params.rows !== "agreement") return kept;
    const index = new Map(kept.map((one) => [one, corpus.agreementOf(one, across).index ?? -1]));
    const last = (one) => Number(["general", "final"].includes(one.family));
    return kept.sort((one, other) => last(one) - last(other) || index.get(other) - index.get(one) || one.n - other.n);
  }

  /* ---- cells ---- */
  const FACES = {
    presence: (cell) => [shownState(cell.state), decided(cell.decider, cell.score) && h("span", { class: "who" }, decided(cell.decider, cell.score))],
    articles: (cell) => (cell.articles ? [signed(cell), h("span", { class: "cited" }, cell.articles)] : shownState(cell.state)),
    strength: (cell) => (cell.strength ? [signed(cell), explorer.strength(cell.strength)] : shownState(cell.state)),
  };

  /* The sign of a cell's state before something else that it says; its word for those who listen. */
  const signed = (cell) => [h("span", { class: "sign", "aria-hidden": "true" }, `${explorer.state(cell.state).sign} `), h("span", { class: "hush" }, `${explorer.state(cell.state).word}: `)];
  const PLAIN = { presence: "state", articles: "articles", strength: "strength" };

  function face(topic, instrument, params) {
    const cell = explorer.corpus().cell(topic, instrument);
    const href = address("row", { topic: topic.name, at: instrument.id, on: params.on });
    return h("td", { class: `cell s-${cell.state}` },
      h("a", { href, title: tip(cell, instrument) }, (FACES[params.show] ?? FACES.presence)(cell)));
  }

  const tip = (cell, instrument) => [instrument.short_title, cell.articles, cell.strength, cell.reason].filter(Boolean).join(" · ");

  /* ---- the table ---- */
  function heads(across, first) {
    return h("thead", {}, h("tr", {}, first,
      h("th", { scope: "col", class: "index", title: "Over the binding instruments shown; below, the range if what is not known is counted against and for it" }, "Agree\u00adment"),
      across.map((one) => h("th", { scope: "col" }, h("a", { href: address("treaty", { id: one.id }), title: one.title }, one.short_title), h("span", { class: "year" }, one.source?.origin === "own" ? `${one.year} · your own` : one.year)))));
  }

  function agreement(topic, across) {
    const found = topic && explorer.corpus().agreementOf(topic, across);
    if (!topic) return h("td", { class: "index" });
    const spread = h("span", { class: "spread", title: `regulated by ${found.found} of the ${found.could} binding instruments shown that could, and of which it is known` }, `in ${found.found} of ${found.could}`);
    if (found.index === null) return h("td", { class: "index" }, spread, h("span", { class: "range" }, "not known"));
    const fill = h("span", { class: "fill" });
    fill.style.inlineSize = explorer.percent(found.index).replace(" ", "");
    return h("td", { class: "index" }, spread, h("span", { class: "bar", "aria-hidden": "true" }, fill), h("span", { class: "num" }, fixed(found.index)), h("span", { class: "range" }, `${fixed(found.low)}–${fixed(found.high)}`));
  }

  function grouped(rows, family, make, width) {
    const groups = new Map();
    for (const row of rows) groups.set(family(row), [...(groups.get(family(row)) ?? []), row]);
    return [...groups].map(([name, group]) => h("tbody", {},
      h("tr", { class: "family" }, h("th", { scope: "rowgroup", colspan: width }, h("span", {}, explorer.title(name) || "Without a topic"))),
      group.map(make)));
  }

  const rowHead = (topic) => h("th", { scope: "row" }, h("a", { href: address("row", { topic: topic.name }), title: topic.means }, topic.title));

  function cells(params, across, down) {
    const make = (topic) => h("tr", {}, rowHead(topic), agreement(topic, across), across.map((one) => face(topic, one, params)));
    const bodies = params.rows === "agreement" ? h("tbody", {}, down.map(make)) : grouped(down, (one) => one.family, make, across.length + 2);
    const made = h("table", { class: `matrix show-${params.show ?? "presence"}${params.compact ? " compact" : ""}` },
      h("caption", { class: "hush" }, `${SHOWN[params.show ?? "presence"]}: topics down, instruments across`),
      heads(across, h("th", { scope: "col", class: "corner" }, "Topic")), bodies);
    return walkable(made);
  }

  /* ---- parameters: a row for each topic and attribute ---- */
  function parameterRows(params, across, down) {
    const names = new Set(down.map((one) => one.name));
    return explorer.corpus().parameters
      .filter(([, topic]) => (topic ? names.has(topic) : !params.family && !params.find))
      .map(([family, topic, attribute, ...values]) => ({ family: family ?? "", topic, attribute, values: across.map((one) => values[one.n] ?? null) }))
      .filter((row) => row.values.some(Boolean));
  }

  function parameters(rows, across) {
    const corpus = explorer.corpus();
    const make = (row) => h("tr", {}, h("th", { scope: "row" },
      row.topic ? h("a", { href: address("row", { topic: row.topic }) }, explorer.title(row.topic)) : "", h("span", { class: "attribute" }, explorer.attribute(row.attribute))),
    agreement(corpus.topic.get(row.topic), across), row.values.map((value, n) => valued(row, value, across[n])));
    return walkable(h("table", { class: "matrix show-parameters" },
      h("caption", { class: "hush" }, "Parameters: topics and attributes down, instruments across"),
      heads(across, h("th", { scope: "col", class: "corner" }, "Topic and parameter")), grouped(rows, (row) => row.family, make, across.length + 2)));
  }

  /* A value; empty where none was found; "not assessed" where there was nothing to find it in. */
  function valued(row, value, one) {
    if (!value) return h("td", { class: "cell value" }, one.status === "coded" ? null : shownState("not_assessed"));
    const words = value.replaceAll("_", " ");
    return h("td", { class: "cell value" }, row.topic ? h("a", { href: address("row", { topic: row.topic, at: one.id }) }, words) : words);
  }

  /* ---- as CSV ---- */
  const INDEX = ["index", "index_low", "index_high"];
  const indices = (topic, across) => { const found = explorer.corpus().agreementOf(topic, across); return [found.index, found.low, found.high].map((share) => (share === null ? null : Math.round(share * 1e6) / 1e6)); };

  function wide(params, across, down) {
    const show = PLAIN[params.show] ?? "state";
    const said = (topic, one) => explorer.corpus().cell(topic, one)[show] || null;
    return { label: "Table (CSV)", name: `matrix_${params.show ?? "presence"}`, columns: ["family", "topic", ...INDEX, ...across.map((one) => one.id)],
      rows: down.map((topic) => [topic.family, topic.name, ...indices(topic, across), ...across.map((one) => said(topic, one))]) };
  }

  const LONG = ["instrument", "topic", "family", "state", "strength", "articles", "score", "decided_by", "reason", "page", "url"];

  function long(across, down) {
    const row = (one, topic) => {
      const cell = explorer.corpus().cell(topic, one);
      const url = cell.articles ? explorer.paged(one.source, cell.page) : null;
      return [one.id, topic.name, topic.family, cell.state, cell.strength || null, cell.articles, cell.score, cell.decider || null, cell.reason || null, cell.page, url];
    };
    return { label: "Cells, one a row (CSV)", name: "cells", columns: LONG, rows: across.flatMap((one) => down.map((topic) => row(one, topic))) };
  }

  const parameterSheet = (rows, across) => ({ label: "Table (CSV)", name: "matrix_parameters", columns: ["family", "topic", "attribute", ...across.map((one) => one.id)],
    rows: rows.map((row) => [row.family || null, row.topic, row.attribute, ...row.values]) });

  /* ---- the view ---- */
  function controls() {
    const corpus = explorer.corpus();
    const values = (name) => [...new Set(corpus.instruments.map((one) => one[name]).filter(Boolean))].sort();
    const titled = (names) => names.map((name) => [name, name.includes(" ") ? name : explorer.title(name)]);
    return [
      choice("family", "Family of topics", [["", "All families"], ...corpus.families.map((one) => [one.name, one.title])]),
      choice("show", "Show", Object.entries(SHOWN).map(([name, said], n) => [n ? name : "", said])),
      choice("order", "Instruments by", [["", "date"], ["name", "name"]]),
      choice("rows", "Topics by", [["", "codebook"], ["agreement", "agreement"]]),
      field("find", "Find a topic"),
      h("details", { class: "more" }, h("summary", {}, "More filters"), h("div", { class: "fields" },
        Object.entries(INSTRUMENT_FILTERS).map(([name, said]) => choice(name, said, [["", "Any"], ...titled(values(name))])),
        choice("binding", "Binding", [["", "Any"], ["yes", "Binding"], ["no", "Not binding"]]),
        choice("text", "Text", [["", "Read"], ["without", "Not to hand"], ["all", "Any"]]),
        years("from", "Made from"), years("to", "Made until"),
        check("found", "Only topics found somewhere"), check("compact", "Compact: signs only")),
      explorer.chooser("on", corpus.instruments)),
    ];
  }

  function results(params) {
    const across = instruments(params);
    const down = topics(params, across);
    const rows = params.show === "parameters" ? parameterRows(params, across, down) : null;
    const hidden = explorer.corpus().instruments.length - across.length;
    const said = `${rows ? `${rows.length} parameters` : `${down.length} topics`} × ${across.length} instruments`;
    const empty = !across.length || !(rows ?? down).length;
    return {
      title: "What each instrument says", lead: "Topics down, instruments across. A cell opens the provisions and the words it rests on.",
      status: said + (hidden ? `; ${hidden} instruments are not shown` : ""),
      nodes: [
        h("div", { class: "notes" }, legend(), hidden && !params.on && !params.text
          ? h("p", { class: "aside" }, "Instruments whose text was not to hand are left out. ", h("a", { href: address("matrix", { ...params, text: "all" }) }, "Show them too")) : null),
        empty ? h("p", { class: "empty" }, "Nothing fits these filters. ", h("a", { href: "#matrix" }, "Clear them"))
          : scroll("Matrix; the arrow keys move from cell to cell", rows ? parameters(rows, across) : cells(params, across, down), { class: "scroll tall" }),
      ],
      sheets: rows ? [parameterSheet(rows, across)] : [wide(params, across, down), long(across, down)],
    };
  }

  explorer.byDate = byDate;
  explorer.cellSheet = long;
  view("matrix", { name: "Matrix", controls, results });
})();
