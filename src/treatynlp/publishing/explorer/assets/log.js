"use strict";
/* What changed since the earlier release, and what a reader must know of the data. */
(() => {
  const { h, address, view, choice, table, scroll, load, title } = explorer;
  const WHY = {
    text: "the text changed", label: "people coded it anew", override: "a reviewer decided", registry: "the entry in the registry changed",
    codebook: "the codebook changed", lexicon: "the patterns changed", model: "another model coded it",
    comparison: "the rules of comparing changed", program: "the program changed", not_recorded: "the earlier release kept no record",
  };

  const named = (log) => log.rows.map((row) => Object.fromEntries(log.columns.map((name, n) => [name, row[n]])));
  const distinct = (rows, name) => [...new Set(rows.map((row) => row[name]))].sort();

  function controls() {
    const corpus = explorer.corpus();
    return [choice("tab", "Show", [["", "Changes"], ["issues", "Issues"]]),
      choice("instrument", "Instrument", [["", "All"], ...corpus.instruments.map((one) => [one.id, one.short_title])]),
      choice("level", "Level of issues", [["", "Any"], ["error", "error"], ["warning", "warning"], ["info", "info"]]),
      choice("cause", "Cause of changes", [["", "Any"], ...Object.entries(WHY)])];
  }

  const name = (id) => explorer.corpus().instrument.get(id)?.short_title ?? id;
  const state = (word) => (word ? explorer.shownState(word) : "none");

  function change(row) {
    const cell = h("a", { href: address("row", { topic: row.topic, at: row.instrument, on: row.instrument }) }, `${name(row.instrument)}: ${title(row.topic)}`);
    return [cell, state(row.before), state(row.after), row.what.replaceAll(" ", ", "), row.articles_before ?? "", row.articles_after ?? "", row.cause.split(" ").map((one) => WHY[one] ?? one).join(", ")];
  }

  function about(row) {
    const [id, eid] = row.where.split(" ");
    const one = explorer.corpus().instrument.get(id);
    return one ? [h("a", { href: address("treaty", { id, at: eid ?? "" }) }, one.short_title), eid ? ` ${row.where.slice(id.length)}` : ""] : row.where;
  }

  const issue = (row) => [about(row), h("span", { class: `level l-${row.level}` }, row.level), row.code, row.message];

  const VIEWS = {
    changes: {
      columns: [["Cell", ""], ["Before", ""], ["Now", ""], ["What", ""], ["Rested on", ""], ["Rests on", ""], ["Why", ""]], line: change,
      keep: (row, params) => (!params.instrument || row.instrument === params.instrument) && (!params.cause || row.cause.split(" ").includes(params.cause)),
      none: "No cell changed since the earlier release, or this is the first.", noun: "changed cells",
    },
    issues: {
      columns: [["Where", ""], ["Level", ""], ["Code", ""], ["What is wrong and what to do", ""]], line: issue,
      keep: (row, params) => (!params.instrument || row.where.split(" ")[0] === params.instrument) && (!params.level || row.level === params.level),
      none: "Nothing is known to be wrong.", noun: "issues",
    },
  };

  async function results(params) {
    const tab = params.tab === "issues" ? "issues" : "changes";
    const log = (await load("log"))[tab];
    const { columns, line, keep, none, noun } = VIEWS[tab];
    const rows = named(log).filter((row) => keep(row, params));
    const levels = tab === "issues" ? distinct(rows, "level").map((level) => `${rows.filter((row) => row.level === level).length} ${level}`).join(", ") : "";
    return {
      title: tab === "issues" ? "Issues" : "What changed", status: `${rows.length} ${noun}${levels ? `: ${levels}` : ""}`,
      lead: tab === "issues" ? "What is known to be wrong with the sources and their reading, and what to do about it." : "Cells of the matrix that differ from the earlier release, and why.",
      nodes: [rows.length ? scroll(noun, table(noun, columns, rows.map(line))) : h("p", { class: "empty" }, none)],
      sheets: [{ label: "Table (CSV)", name: tab, columns: log.columns, rows: rows.map((row) => log.columns.map((column) => row[column])) }],
    };
  }

  view("log", { name: "Changes and issues", controls, results });
})();
