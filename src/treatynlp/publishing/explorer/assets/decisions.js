"use strict";
/* A reviewer's decisions, kept in this browser for this release, and as the files of corpus/overrides that a run takes:
   { instrument, eid, text_hash, decision, topic, reviewer, date, reason }, or attribute, value, unit and case for the topic. */
(() => {
  const ALWAYS = ["eid", "text_hash", "decision", "reviewer", "date", "reason"];
  const VALUE = ["attribute", "value", "unit", "case"];
  const COLUMNS = ["eid", "text_hash", "decision", "topic", "reviewer", "date", "reason", ...VALUE];
  const DECISIONS = ["accept", "reject", "add"];
  let kept = [];

  const place = () => `review ${explorer.corpus().release.hash}`;
  const filled = (one) => ({ ...Object.fromEntries(["topic", ...VALUE].map((name) => [name, ""])), ...one });
  const onOneThing = (one) => Boolean(one.topic) !== Boolean(one.attribute) && Boolean(one.attribute) === Boolean(one.value);
  const sound = (one) => one && DECISIONS.includes(one.decision) && ["instrument", ...ALWAYS].every((name) => typeof one[name] === "string" && one[name]) && onOneThing(filled(one));
  const same = (one, other) => ["instrument", "eid", "topic", ...VALUE].every((name) => (one[name] ?? "") === (other[name] ?? ""));
  const key = (one) => [one.eid, one.topic, one.attribute, one.value, one.unit, one.case].join("\n");

  function all() {
    try { const found = JSON.parse(localStorage.getItem(place()) ?? "[]"); return Array.isArray(found) ? found.filter(sound).map(filled) : []; } catch { return kept; }
  }

  function keep(found) {
    kept = found;
    try { localStorage.setItem(place(), JSON.stringify(found)); } catch { /* kept while the page is open */ }
  }

  /* The last word on a label counts. */
  const decide = (one) => keep([...all().filter((other) => !same(one, other)), filled(one)]);
  const undo = (one) => keep(all().filter((other) => !same(one, other)));

  const sheets = () => [...new Set(all().map((one) => one.instrument))].sort().map((id) => ({ label: `Decisions on ${explorer.corpus().instrument.get(id)?.short_title ?? id} (${id}.csv)`, name: id, columns: COLUMNS,
    rows: all().filter((one) => one.instrument === id).sort((one, other) => (key(one) < key(other) ? -1 : 1)).map((one) => COLUMNS.map((name) => one[name])) }));

  /* The rows of a CSV file (RFC 4180), each an object by the names in its head. */
  function parsed(text) {
    const cells = [...text.replace(/^\ufeff/, "").matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|\n|\r|$)/g)];
    const lines = [[]];
    for (const [, quoted, bare, end] of cells) {
      lines.at(-1).push(quoted === undefined ? bare : quoted.replaceAll('""', '"'));
      if (end !== ",") lines.push([]);
    }
    const [head, ...rows] = lines.filter((line) => line.length && line.some(Boolean));
    return (rows ?? []).map((row) => Object.fromEntries((head ?? []).map((name, n) => [name, (row[n] ?? "").replace(/^'(?=[=+\-@])/, "")])));
  }

  /* Takes the decisions of a file named after its instrument; says how many, and how many it could not use. */
  function take(name, text) {
    const corpus = explorer.corpus();
    const id = name.replace(/( \(\d+\))?\.csv$/, "");
    const rows = parsed(text).map((row) => ({ instrument: id, ...row }));
    const good = rows.filter((row) => sound(row) && corpus.instrument.has(row.instrument) && (row.attribute ? Object.hasOwn(corpus.values, row.attribute) : corpus.topic.has(row.topic)));
    good.forEach(decide);
    return [good.length, rows.length - good.length];
  }

  /* The decision on a label or a value, where there is one. */
  const on = (one) => all().find((other) => same(one, other));

  explorer.decisions = { all, on, decide, undo, sheets, take, parsed };
})();
