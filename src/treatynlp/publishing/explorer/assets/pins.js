"use strict";
/* What was pinned, to take away: printed as a brief, as CSV, as citations, or as the command that writes it as .docx. */
(() => {
  const { h, address, view, scroll, table, load, shownState } = explorer;
  const KINDS = ["rows", "cells", "pairs"];

  /* The pins an address names (so that a list can be sent to others), else those of this browser. */
  function asked(params) {
    const named = KINDS.some((kind) => params[kind]);
    return named ? Object.fromEntries(KINDS.map((kind) => [kind, (params[kind] ?? "").split(";").filter(Boolean)])) : explorer.pins();
  }

  /* Topics with the instruments pinned of each, in the order of the codebook and of time. */
  function topics(pins) {
    const corpus = explorer.corpus();
    const found = new Map();
    for (const pin of [...pins.rows, ...pins.cells]) {
      const [name, on] = pin.split("@");
      const topic = corpus.topic.get(name);
      if (topic) explorer.chosen({ on }).forEach((one) => found.set(topic, (found.get(topic) ?? new Set()).add(one)));
    }
    return [...found].sort(([one], [other]) => one.n - other.n).map(([topic, ones]) => [topic, [...ones].sort(explorer.byDate)]);
  }

  const pairs = (pins) => pins.pairs.map((pin) => pin.split("@").map((id) => explorer.corpus().instrument.get(id))).filter((ends) => ends.length === 2 && ends.every(Boolean));

  async function topicPart([topic, across]) {
    const rows = await Promise.all(across.map((one) => explorer.rowOf(one, topic)));
    const line = ({ one, cell }) => [h("a", { href: address("row", { topic: topic.name, at: one.id, on: across.map((each) => each.id).join(",") }) }, one.short_title), shownState(cell.state), cell.strength ?? "", cell.articles ?? "", explorer.decided(cell.decider, cell.score)];
    const told = rows.filter(({ cell }) => cell.articles || cell.state === "inconclusive");
    return { topic, rows, node: h("section", { class: "kept", "aria-label": topic.title }, h("h2", {}, topic.title), h("p", {}, topic.means),
      scroll(`${topic.title}, at a glance`, table(`${topic.title}, at a glance`, [["Instrument", ""], ["State", ""], ["Strength", ""], ["Articles", ""], ["Decided by", ""]], rows.map(line))),
      told.map((row) => explorer.column(row, topic, {}, ""))) };
  }

  async function pairPart([left, right]) {
    const found = await explorer.matched(left, right).catch((error) => ({ pairs: [], why: `${error.message}.` }));
    const end = (treaty, one) => h("a", { href: address("treaty", { id: treaty.id, at: one.eid }) }, one.citation);
    const rows = found.pairs.filter((pair) => pair.relation !== "candidate");
    const name = `${left.short_title} and ${right.short_title}`;
    return h("section", { class: "kept", "aria-label": name }, h("h2", {}, h("a", { href: address("compare", { left: left.id, right: right.id }) }, name)),
      h("ul", {}, explorer.sentences(left, right, await load("briefing")).map((words) => h("li", {}, words))),
      rows.length ? scroll(`Matches of ${name}`, table(`Matches of ${name}`, [[left.short_title, ""], [right.short_title, ""], ["Relation", ""], ["Differs in", ""]],
        rows.map((pair) => [end(found.sides.left, pair.from), end(found.sides.right, pair.to), explorer.relation(pair.relation), (pair.differs ?? "").replaceAll("_", " ")]))) : h("p", { class: "facts" }, found.why ?? "No provision of one is sure to answer one of the other."));
  }

  /* The command that writes the same topics and instruments as a document. */
  function command(parts) {
    const ids = [...new Set(parts.flatMap(({ rows }) => rows.map(({ one }) => one.id)))];
    const words = `treatynlp brief --topics ${parts.map(({ topic }) => topic.name).join(",")} --instruments ${ids.join(",")} --out brief.docx`;
    return h("p", { class: "aside" }, "The same by command, with the sources at its end (or brief.pdf): ", h("code", {}, words), " ", h("button", { type: "button", class: "quiet", on: { click: (event) => explorer.copy(words, event.currentTarget) } }, "Copy"));
  }

  const cited = (parts) => [...new Map(parts.flatMap(({ topic, rows }) => rows.filter(({ treaty }) => treaty).flatMap(({ one, treaty }) =>
    explorer.grounds(treaty, topic).filter(({ labels }) => labels[0].committed).map(({ provision }) => [`${one.id} ${provision.eid}`, explorer.ofProvision(one, provision)])))).values()];

  function sheets(parts) {
    const joined = (all) => ({ ...all[0], rows: all.flatMap((sheet) => sheet.rows) });
    return [{ ...joined(parts.map(({ topic, rows }) => explorer.cellSheet(rows.map(({ one }) => one), [topic]))), label: "Cells (CSV)", name: "pinned_cells" },
      { ...joined(parts.map(({ topic, rows }) => explorer.rowSheet(rows, topic))), label: "Provisions (CSV)", name: "pinned_provisions" }];
  }

  async function results(params) {
    const pins = asked(params);
    const parts = await Promise.all(topics(pins).map(topicPart));
    const beside = await Promise.all(pairs(pins).map(pairPart));
    const all = cited(parts);
    const link = Object.fromEntries(KINDS.map((kind) => [kind, pins[kind].join(";")]));
    const brief = () => explorer.saveWord("brief.docx", "Treaties compared: a brief", [...document.querySelectorAll("#x-results .kept, #x-results > .facts")]);
    const tools = parts.length || beside.length ? h("div", { class: "take" }, h("p", { class: "actions" }, h("button", { type: "button", "data-word": true, on: { click: brief } }, "Word document (.docx)")), parts.length ? command(parts) : null,
      all.length ? h("p", { class: "actions" }, `${all.length} provisions: `, explorer.citeButtons(all, "pinned")) : null,
      h("p", { class: "aside" }, h("a", { href: address("pins", link) }, "The address of this list"), ", to send to others. “Print” makes a PDF of what stands below. ",
        h("button", { type: "button", class: "quiet", on: { click: () => { explorer.keepPins({ rows: [], cells: [], pairs: [] }); explorer.go("pins", { turn: String(Date.now()) }); } } }, "Let all go"))) : null;
    return { title: "Pinned", lead: "Rows, cells and pairs that you keep, to take away. They stay in this browser, for this release.",
      status: `${parts.length} topics, ${beside.length} pairs`, sheets: parts.length ? sheets(parts) : [],
      nodes: [tools, parts.map(({ node }) => node), beside, parts.length || beside.length ? h("p", { class: "facts" }, `treatynlp, release ${explorer.corpus().release.hash.slice(0, 12)}. Cite the official text of a provision. “Absent” is a claim about a text read whole, by a reader that errs.`)
        : h("p", { class: "empty" }, "Nothing is pinned yet. Open a topic or compare two instruments, and pin what you need.")] };
  }

  view("pins", { name: "Pinned", results });
})();
