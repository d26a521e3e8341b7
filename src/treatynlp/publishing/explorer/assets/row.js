"use strict";
/* One topic, instrument beside instrument: the provisions behind the cells, with the words they rest on. */
(() => {
  const { h, address, view, shownState, who, strength, marked, outside, paged, legend, scroll, table, chooser, choice } = explorer;
  const LONG = 900;

  function shown(params, topic) {
    const corpus = explorer.corpus();
    /* An inconclusive cell has words that a reader must look at; of one that was not assessed there is nothing to show. */
    const said = (one) => corpus.counts(topic, one) === "found" || corpus.cell(topic, one).state === "inconclusive";
    const chosen = params.on ? params.on.split(",") : null;
    const kept = corpus.instruments.filter((one) => one.id === params.at || (chosen ? chosen.includes(one.id) : said(one)));
    /* What is only in doubt stands behind what was found: who asks which instruments regulate it begins with those. */
    const doubt = (one) => Number(corpus.counts(topic, one) !== "found");
    return kept.sort((one, other) => Number(other.id === params.at) - Number(one.id === params.at) || doubt(one) - doubt(other) || explorer.byDate(one, other));
  }

  /* The labels behind a cell, provision by provision: committed ones, else those the machine would not commit to. */
  function grounds(treaty, topic) {
    const own = treaty.labels.filter((one) => one.topic === topic);
    const sure = own.filter((one) => one.committed);
    const groups = new Map();
    for (const one of sure.length ? sure : own) groups.set(one.provision, [...(groups.get(one.provision) ?? []), one]);
    return [...groups].map(([provision, labels]) => ({ provision, labels }));
  }

  function column({ one, cell, treaty }, topic, params, place) {
    const found = treaty ? grounds(treaty, topic) : [];
    return h("section", { class: `column${one.id === params.at ? " chosen" : ""}`, "aria-label": one.title },
      h("header", {}, place && h("p", { class: "count" }, place), h("h2", {}, h("a", { href: address("treaty", { id: one.id }) }, one.short_title)),
        h("p", { class: "facts" }, [one.body, one.year].filter(Boolean).join(", ")),
        h("p", { class: "tools" }, explorer.pin("cells", `${topic.name}@${one.id}`, `${topic.title} in ${one.short_title}`)),
        h("p", { class: "verdict" }, shownState(cell.state), " ", strength(cell.strength), " ", cell.decider && who(cell.decider, cell.score)),
        cell.reason && h("p", { class: "reason" }, sentence(cell.reason)), explorer.cite(explorer.ofCell(topic, one, cell), "Cite this cell")),
      values(treaty, topic), found.map((ground) => provision(ground, treaty, one)));
  }

  const sentence = (words) => `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;

  /* The terms read in a provision that is behind the cell: on what conditions it is an offence, or a power. */
  function terms(treaty, one) {
    const own = treaty.elements.filter((found) => explorer.inside(one, found.provision));
    return own.length ? h("dl", { class: "values terms" }, own.map((found) => h("div", {}, h("dt", {}, explorer.attribute(found.element)), h("dd", {}, found.shown, " ", found.provision !== one && at(treaty, found.provision))))) : null;
  }

  function values(treaty, topic) {
    const own = treaty ? treaty.parameters.filter((one) => one.topic === topic) : [];
    if (!own.length) return null;
    return h("dl", { class: "values" }, own.map((one) => h("div", {}, h("dt", {}, explorer.attribute(one.attribute)),
      h("dd", {}, one.shown.replaceAll("_", " "), " ", one.provision && at(treaty, one.provision), " ", h("span", { class: "by" }, one.decider)))));
  }

  /* ---- conditions and values side by side, an instrument a line ---- */

  /* What an instrument says on the topic: by the name of what it says, its values with the provisions that say so. */
  function sayings({ treaty }, topic) {
    const found = new Map();
    const add = (name, shown, provision) => {
      const values = found.get(name) ?? new Map();
      const words = shown.replaceAll("_", " ");
      found.set(name, values.set(words, [...new Set([...(values.get(words) ?? []), provision])]));
    };
    treaty.parameters.filter((one) => one.topic === topic).forEach((one) => add(one.attribute, one.shown, one.provision));
    const behind = grounds(treaty, topic).filter(({ labels }) => labels[0].committed).map(({ provision }) => provision);
    treaty.elements.filter((one) => behind.some((ground) => explorer.inside(ground, one.provision))).forEach((one) => add(one.element, one.shown, one.provision));
    return found;
  }

  function beside(rows, topic) {
    const regulating = rows.filter(({ treaty, cell }) => treaty && cell.articles).map((row) => ({ ...row, found: sayings(row, topic) }));
    const [told, silent] = [regulating.filter(({ found }) => found.size), regulating.filter(({ found }) => !found.size)];
    if (!told.length || regulating.length < 2) return null;
    const names = [...new Set(told.flatMap(({ found }) => [...found.keys()]))];
    const values = (treaty, all) => (all ? [...all].map(([shown, places]) => h("div", {}, shown, places.filter(Boolean).map((one) => [" ", at(treaty, one)]))) : h("span", { class: "facts" }, "not found"));
    const line = ({ one, cell, treaty, found }) => [h("a", { href: address("treaty", { id: one.id }) }, one.short_title), cell.articles, ...names.map((name) => values(treaty, found.get(name)))];
    const columns = [["Instrument", ""], ["Articles", ""], ...names.map((name) => [explorer.attribute(name), ""])];
    const words = "Conditions and values side by side";
    return h("details", { class: "sayings", open: true }, h("summary", {}, words), scroll(words, table(words, columns, told.map(line))),
      silent.length ? h("p", { class: "facts" }, `They regulate it, and nothing of this kind was found in them: ${silent.map(({ one }) => one.short_title).join("; ")}.`) : null);
  }

  const at = (treaty, one) => h("a", { href: address("treaty", { id: treaty.id, at: one.eid }) }, one.citation);

  function provision({ provision: one, labels }, treaty, instrument) {
    const spans = labels.filter((label) => label.start !== null).map((label) => [label.start, label.end]);
    return h("article", { class: "ground" },
      h("h3", {}, at(treaty, one), h("span", { class: "heading" }, headed(treaty, one, spans))),
      treaty.text !== null && quote(treaty, one, spans), terms(treaty, one),
      h("p", { class: "facts" }, labels.map((label) => [who(label.decider, label.score), " ", label.decider !== "human" && h("span", { class: "by" }, label.by.split(":")[1]), " "]),
        strength(one.strength), " ", pageLink(instrument, one), " ", h("a", { class: "to-review", href: address("review", { id: instrument.id, at: one.eid }) }, "Review")), explorer.cite(explorer.ofProvision(instrument, one)));
  }

  /* The article's heading; with the words marked where the provision is the article itself. */
  function headed(treaty, one, spans) {
    if (treaty.text === null || one.article !== one || !one.heading) return one.article.heading;
    const start = one.start + Math.max(0, treaty.text.slice(one.start, one.body).indexOf(one.heading));
    return marked(treaty.text, start, Math.min(one.body, start + one.heading.length), spans);
  }

  function quote(treaty, one, spans) {
    const words = h("blockquote", { lang: "en" }, paragraphs(marked(treaty.text, one.body, one.end, spans)));
    if (one.end - one.body < LONG) return words;
    return scroll(`${one.citation}, whole text`, words, { class: "scroll long" });
  }

  /* Marked words with their line breaks. */
  const paragraphs = (parts) => parts.flatMap((part) => (typeof part === "string" ? part.split("\n").flatMap((line, n) => (n ? [h("br"), line] : [line])) : [part]));

  function pageLink(instrument, one) {
    if (!instrument.source) return null;
    const words = instrument.source.paged && one.page ? `page ${one.page} of the source` : "the source";
    return outside(paged(instrument.source, one.page), words);
  }

  const COLUMNS = ["instrument", "topic", "state", "reason", "eid", "citation", "page", "url", "strength", "status", "score", "by", "decided_by", "evidence", "text"];

  function sheet(rows, topic) {
    const lines = rows.flatMap(({ one, cell, treaty }) => {
      const found = treaty ? grounds(treaty, topic) : [];
      const head = [one.id, topic.name, cell.state, cell.reason || null];
      if (!found.length) return [[...head, ...Array(COLUMNS.length - 4).fill(null)]];
      return found.flatMap(({ provision: p, labels }) => labels.map((label) => [...head, p.eid, p.citation, p.page || null, paged(one.source, p.page),
        p.strength || null, label.committed ? "committed" : "inconclusive", label.score, label.by, label.decider,
        label.start === null ? null : treaty.words(label.start, label.end), treaty.words(p.body, p.end)]));
    });
    return { label: "Provisions (CSV)", name: `row_${topic.name}`, columns: COLUMNS, rows: lines };
  }

  const VALUES = ["instrument", "topic", "attribute", "value", "eid", "citation", "decided_by"];
  const valueSheet = (rows, topic) => ({ label: "Parameters (CSV)", name: `parameters_${topic.name}`, columns: VALUES,
    rows: rows.flatMap(({ one, treaty }) => (treaty?.parameters ?? []).filter((found) => found.topic === topic)
      .map((found) => [one.id, topic.name, found.attribute, found.shown, found.provision?.eid, found.provision?.citation, found.decider])) });

  function controls() {
    const corpus = explorer.corpus();
    return [
      choice("topic", "Topic", corpus.topics.map((one) => [one.name, one.title])),
      chooser("on", corpus.instruments),
    ];
  }

  /* Why no instrument is shown: a claim where the topic was looked for, and none where it could not be. */
  function nothing(topic, across) {
    const counts = across.map((one) => explorer.corpus().counts(topic, one));
    const absent = counts.filter((one) => one === "absent").length;
    const open = counts.filter((one) => one === "open").length;
    if (/^The machine has never learned/.test(topic.errs)) return `${topic.errs} Whether any of the ${across.length} instruments regulates it is not known.`;
    return `${absent ? `Looked for and not found in ${absent} instruments read whole. ` : ""}${open ? `Of ${open} it is not known. ` : ""}Choose instruments above to see why.`;
  }

  const rowOf = async (one, topic) => ({ one, cell: explorer.corpus().cell(topic, one), treaty: one.status === "not_assessed" ? null : await explorer.treaty(one.id) });

  async function results(params) {
    const corpus = explorer.corpus();
    const topic = corpus.topic.get(params.topic);
    if (!topic) return { title: "No such topic", status: "", nodes: [h("p", { class: "empty" }, "This release has no topic of that name. ", h("a", { href: "#matrix" }, "To the matrix"))] };
    const rows = await Promise.all(shown(params, topic).map((one) => rowOf(one, topic)));
    const found = corpus.agreementOf(topic, explorer.chosen({ on: params.on }));
    const sheets = [sheet(rows, topic)];
    if (valueSheet(rows, topic).rows.length) sheets.push(valueSheet(rows, topic));
    return {
      title: topic.title, lead: [topic.means, topic.not && h("span", { class: "not" }, ` Not: ${topic.not}`)].filter(Boolean),
      status: `${rows.length} instruments side by side${found.index === null ? "" : `; agreement of the binding ones ${explorer.fixed(found.index)} (${explorer.fixed(found.low)}–${explorer.fixed(found.high)})`}`,
      nodes: [legend(), topic.errs && h("p", { class: "aside errs" }, topic.errs), beside(rows, topic), rows.length ? scroll("Instruments side by side", h("div", { class: "columns" }, rows.map((row, n) => column(row, topic, params, `${n + 1} of ${rows.length}`))), { class: "scroll" })
        : h("p", { class: "empty" }, nothing(topic, explorer.chosen({ on: params.on })))],
      sheets, actions: [explorer.pin("rows", params.on ? `${topic.name}@${params.on}` : topic.name, `the row ${topic.title}`)],
    };
  }

  Object.assign(explorer, { paragraphs, rowOf, column, grounds, rowSheet: sheet });
  view("row", { owner: "matrix", name: "Topic", controls, results });
})();
