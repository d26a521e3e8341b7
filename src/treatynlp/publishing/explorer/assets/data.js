"use strict";
/* The data of the scripts under data/ by name instead of by number. */
(() => {
  const { load, take } = explorer;
  const PROVISION = ["parent", "kind", "eid", "citation", "number", "heading", "start", "end", "body", "page", "strength", "operative"];
  const STRENGTHS = ["obligation", "prohibition", "recommendation", "permission", "declaration"];
  const DECIDERS = { gold: "human", override: "human", human: "human", rule: "rule", model: "model" };
  let corpus = null;

  const named = (columns, row) => Object.fromEntries(columns.map((name, n) => [name, row[n] ?? null]));

  /* The corpus: instruments and topics as lists, cells by their numbers. */
  function prepare(found) {
    const topics = found.topics.map(([name, family, means, not, title, synonyms, errs], n) => ({ name, family, means, not, n, title, synonyms, errs }));
    const families = found.families.map(([name, means, title]) => ({ name, means, title }));
    titles = new Map([...topics, ...families].map((one) => [one.name, one.title]));
    attributes = new Map(Object.entries(found.attributes));
    counts = new Map(found.states.map((one) => [one.name, one.counts]));
    const instruments = found.instruments.map((one, n) => ({ ...one, n, year: (one.made || "").slice(0, 4) }));
    return {
      ...found, topics, instruments, families,
      topic: new Map(topics.map((one) => [one.name, one])),
      instrument: new Map(instruments.map((one) => [one.id, one])),
      cell: (topic, instrument) => readCell(found.cells[topic.n][instrument.n]),
      counts: (topic, instrument) => counts.get(found.cells[topic.n][instrument.n][0]),
      agreementOf: (topic, across) => agreement(found, topic, across),
      agreement: (topic) => named(["index", "low", "high", "coverage", "present", "partial", "absent", "unknown"], found.agreement[topic.n]),
      alike: found.alike.map(([left, right, thematic, textual, index]) => ({ left: instruments[left], right: instruments[right], thematic, textual, index })),
    };
  }

  /* The index of harmonisation over some instruments, of which the binding ones count: the formula of comparison/harmonisation.py. */
  function agreement(found, topic, across) {
    const states = across.filter((one) => one.binding).map((one) => [one.n, found.cells[topic.n][one.n][0]]);
    const known = states.filter(([, state]) => ["found", "absent"].includes(counts.get(state)));
    const open = states.filter(([, state]) => counts.get(state) === "open").length;
    const inside = new Set(known.map(([n]) => n));
    const [numbers, kinds, table] = found.harmony[topic.n];
    const among = kinds.filter((_, at) => inside.has(numbers[at]));
    let sum = 0;
    among.forEach((one, at) => { for (const other of among.slice(at + 1)) sum += table[one][other]; });
    const total = known.reduce((all, [, state]) => all + found.weights[state], 0);
    const pairs = (count) => (count * (count - 1)) / 2;
    const all = pairs(known.length + open);
    return { index: known.length > 1 ? sum / pairs(known.length) : null, low: all ? sum / all : null, high: all ? (sum + open * total + pairs(open)) / all : null,
      found: known.filter(([, state]) => counts.get(state) === "found").length, could: known.length };
  }

  /* The instruments an address names, else all that were read; from the oldest to the newest. */
  explorer.chosen = (params) => {
    const named = params.on ? params.on.split(",") : null;
    return named ? corpus.instruments.filter((one) => named.includes(one.id)).sort(explorer.byDate) : explorer.read();
  };

  /* Those that were read, from the oldest to the newest. */
  explorer.read = () => corpus.instruments.filter((one) => one.status !== "not_assessed").sort(explorer.byDate);

  const readCell = (row) => named(["state", "reason", "strength", "score", "decider", "articles", "page"], row);

  /* What the state of a cell counts as: found, absent, open (nothing is claimed), or nothing at all. */
  let counts = new Map();
  let titles = new Map();
  let attributes = new Map();

  /* What people call a topic, a family or (of attributes) a parameter; an id in words where nothing says more. */
  const attribute = (name) => attributes.get(name) ?? title(name);
  function title(name) {
    if (titles.has(name)) return titles.get(name);
    const words = (name ?? "").replaceAll("_", " ");
    return words.charAt(0).toUpperCase() + words.slice(1);
  }

  /* What two provisions differ in, in words: from "element: value (case) / –; …" to [name, left, right]. */
  function differences(told) {
    const said = (name, value) => { const [, bare, asked] = /^(.*?)(?: \((\w+)\))?$/s.exec(value);
      const words = corpus.terms[name]?.[bare] ?? bare.replaceAll("_", " ").replace(/^(\S+) (hour|day|month|year)$/, (all, n) => (n === "1" ? all : `${all}s`));
      return asked ? `${words} (${corpus.asked[asked] ?? asked.replaceAll("_", " ")})` : words; };
    const side = (name, values) => (values === "–" ? "nothing said" : values.split(", ").map((value) => said(name, value)).join("; "));
    return (told ? told.split("; ") : []).map((one) => { const [, name, left, right] = /^([^:]*): (.*) \/ (.*)$/s.exec(one); return [attribute(name), side(name, left), side(name, right)]; });
  }

  const percent = (share) => (share === null || share === undefined ? "" : `${Math.round(share * 100)} %`);
  const decider = (by) => DECIDERS[by.split(":")[0]] ?? by.split(":")[0];

  /* Who decided, and how sure a machine was; it is never told as if it could not err. */
  const sure = (score) => (score >= 0.995 ? "> 99 %" : percent(score));
  const decided = (by, score) => (by ? (by === "human" ? by : `${by} ${sure(score)}`) : "");

  /* ---- one instrument ---- */
  const treaties = new Map();

  async function treaty(id) {
    if (!treaties.has(id)) treaties.set(id, read(id, await load(`treaty/${id}`)));
    return treaties.get(id);
  }

  function read(id, found) {
    const provisions = [];
    for (const row of found.provisions) provisions.push(provision(row, provisions, found.kinds));
    const label = ([at, topic, committed, score, by, start, end]) => ({
      provision: provisions[at], topic: corpus.topics[topic], committed: committed === 1, score, by: found.deciders[by],
      decider: decider(found.deciders[by]), start: start ?? null, end: end ?? null });
    return {
      id, instrument: corpus.instrument.get(id), text: found.text, provisions,
      byEid: new Map(provisions.map((one) => [one.eid, one])),
      labels: found.labels.map(label),
      parameters: found.parameters.map(([topic, at, attribute, shown, start, end, by, value, unit, which]) => ({
        topic: corpus.topics[topic] ?? null, provision: provisions[at] ?? null, attribute, shown, start, end, decider: decider(by), value, unit, case: which })),
      elements: found.elements.map(([at, element, shown, start, end]) => ({ provision: provisions[at], element, shown, start, end })),
      references: found.references.map(([at, start, end, into, target]) => ({ at: provisions[at] ?? null, start, end, into, target })),
      definitions: found.definitions.map(([term, at, scope, start, end]) => ({
        term, provision: provisions[at] ?? null, scope: provisions[scope] ?? null, start, end })),
      words(start, end) { return this.text === null ? null : this.text.slice(start, end); },
    };
  }

  function provision(row, before, kinds) {
    const one = named(PROVISION, row);
    const parent = before[one.parent] ?? null;
    const whole = (step, above) => (step.startsWith("~") && parent ? above + step.slice(1) : step);
    const made = { ...one, kind: kinds[one.kind], n: before.length, parent, children: [], strength: STRENGTHS[one.strength] ?? "",
      eid: whole(one.eid, parent?.eid), citation: whole(one.citation, parent?.citation) };
    made.article = made.kind === "article" || !parent || STRUCTURE.has(parent.kind) ? made : parent.article;
    parent?.children.push(made);
    return made;
  }

  const STRUCTURE = new Set(["book", "part", "title", "chapter", "section", "subsection"]);

  /* Labels of a provision and of all inside it. */
  const inside = (one, other) => { for (let at = other; at; at = at.parent) if (at === one) return true; return false; };

  explorer.corpus = () => corpus;
  /* What must be said beside rows of a kind that was not right nine times in ten when judged; "" for a proven kind. */
  explorer.unproven = (kind, what = "such rows") => (corpus.unproven.includes(kind) ? `Not proven: ${what} were not right nine times in ten when judged afresh; look yourself.` : "");
  explorer.take = (name, body) => { take(name, body); if (name === "corpus") corpus = prepare(body); };
  Object.assign(explorer, { title, attribute, differences, percent, decided, treaty, inside, STRUCTURE, STRENGTHS });
})();
