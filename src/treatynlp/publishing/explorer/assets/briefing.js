"use strict";
/* What a negotiator asks of some instruments: gaps, safe havens, safeguards, who came first, reuse, status. Every sentence
   is read off the tables; what is not known is said beside it. */
(() => {
  const { h, address, view, choice, chooser, scroll, table, load, instrumentLink, outside } = explorer;
  const WHERE = { own_article: "in the same article", referenced: "in an article it refers to", general: "in a general article", missing: "no safeguard found", unknown: "not known" };

  const cellOf = (topic, one) => explorer.corpus().cell(topic, one);
  const has = (topic, one) => explorer.corpus().counts(topic, one) === "found";
  const isOpen = (topic, one) => explorer.corpus().counts(topic, one) === "open";
  const lacks = (topic, one) => explorer.corpus().counts(topic, one) === "absent";
  const topicLink = (topic, params) => h("a", { href: address("row", { topic: topic.name, on: params.on }), title: topic.means }, topic.title);
  const cellLink = (topic, one, params) => [h("a", { href: address("row", { topic: topic.name, at: one.id, on: params.on }) }, one.short_title), cellOf(topic, one).articles ? ` (${cellOf(topic, one).articles})` : ""];
  const listed = (ones, make) => (ones.length ? ones.map((one, n) => [n ? ", " : "", make(one)]) : h("span", { class: "facts" }, "none"));
  const folded = (ones, make) => (ones.length < 7 ? listed(ones, make) : h("details", {}, h("summary", {}, `${ones.length} instruments`), listed(ones, make)));
  const names = (ones) => ones.map((one) => one.short_title).join("; ");

  /* ---- gaps: topics some of the chosen have and others lack; or what one, or all of them, would have to add ---- */
  function gaps(across, params) {
    const corpus = explorer.corpus();
    const of = corpus.instrument.get(params.of);
    const among = params.of === "all" ? explorer.read().filter((one) => !across.includes(one)) : across.filter((one) => one !== of);
    const those = of ? [of] : across;
    const wanting = (topic) => (of || params.of === "all" ? those.every((one) => !has(topic, one)) && those.some((one) => lacks(topic, one)) : those.some((one) => lacks(topic, one)));
    const kept = corpus.topics.filter((topic) => (!params.family || topic.family === params.family) && wanting(topic))
      .map((topic) => ({ topic, with: among.filter((one) => has(topic, one)), without: those.filter((one) => lacks(topic, one)), open: [...new Set([...those, ...across])].filter((one) => isOpen(topic, one)) }))
      .filter((row) => row.with.length);
    if (params.of) kept.sort((one, other) => other.with.length - one.with.length || one.topic.n - other.topic.n);
    const lead = of ? `What ${of.short_title} would have to add to regulate what others of the chosen do, that of most of them first.`
      : params.of === "all" ? "What none of the chosen instruments regulates, though others that were read do: what a new convention would add to them."
        : "Topics that some of the chosen instruments regulate and others do not.";
    return { columns: ["Topic", "Regulated by", "Not found in", "Not known"],
      rows: kept.map((row) => [topicLink(row.topic, params), folded(row.with, (one) => cellLink(row.topic, one, params)), folded(row.without, (one) => cellLink(row.topic, one, params)), folded(row.open, (one) => one.short_title)]),
      plain: kept.map((row) => [row.topic.name, names(row.with), names(row.without), names(row.open)]),
      lead: `${lead} “Not found” is a claim about a text read whole.` };
  }

  /* ---- safe havens: the table of that name, for the instruments chosen ---- */
  function havens(across, params, data) {
    const corpus = explorer.corpus();
    const inside = new Set(across.map((one) => one.n));
    const by = new Map();
    for (const [topic, left, right, lacking, terms] of data.havens) if (inside.has(left) && inside.has(right)) by.set(topic, [...(by.get(topic) ?? []), { ends: [corpus.instruments[left], corpus.instruments[right]], lacking, terms }]);
    const kept = [...by].sort(([one], [other]) => one - other).map(([n, rows]) => ({ topic: corpus.topics[n], none: rows.filter((row) => row.lacking < 2), terms: rows.filter((row) => row.lacking === 2) }))
      .filter(({ topic }) => !params.family || topic.family === params.family);
    const pair = ({ ends: [left, right] }) => h("a", { href: address("compare", { left: left.id, right: right.id }) }, `${left.short_title} and ${right.short_title}`);
    const none = (row) => h("li", {}, pair(row), `: no offence under ${row.ends[row.lacking].short_title}`);
    const narrower = (row) => h("li", {}, pair(row), explorer.differing(row.terms, ...row.ends));
    const plainly = ({ ends, terms }) => `${ends.map((one) => one.id).join(" / ")}: ${explorer.differences(terms).map(([name, ...sides]) => `${name}: ${sides.join(" / ")}`).join("; ")}`;
    const most = (rows, make) => (rows.length ? h("details", { open: rows.length < 4 }, h("summary", {}, `${rows.length} ${rows.length === 1 ? "pair" : "pairs"}`), h("ul", {}, rows.map(make))) : h("span", { class: "facts" }, "none known"));
    const open = (topic) => across.filter((one) => isOpen(topic, one));
    return { columns: ["Offence", "No offence on one side", "An offence only if more is shown", "Not known"],
      rows: kept.map(({ topic, none: lacks, terms }) => [topicLink(topic, params), most(lacks, none), most(terms, narrower), listed(open(topic), (one) => one.short_title)]),
      plain: kept.map(({ topic, none: lacks, terms }) => [topic.name, lacks.map(({ ends, lacking }) => `${ends.map((one) => one.id).join(" / ")}: ${ends[lacking].id}`).join(" | "), terms.map(plainly).join(" | "), names(open(topic))]),
      lead: "Where dual criminality may fail: pairs of instruments of which one demands an offence and the other does not, or only if more is shown. An instrument that does not demand an offence does not forbid States to have it. " + explorer.unproven("dual_criminality", "offences that both have on other terms") };
  }

  /* ---- safeguards ---- */
  function safeguards(across, params, data) {
    const corpus = explorer.corpus();
    const inside = new Set(across.map((one) => one.n));
    const kept = data.safeguards.filter(([one]) => inside.has(one)).map(([one, topic, kind, where, articles]) => ({ one: corpus.instruments[one], topic: corpus.topics[topic], kind, where, articles }));
    return { columns: ["Instrument", "Power", "Articles", "Conditions and safeguards", "Where"],
      rows: kept.map((row) => [instrumentLink(row.one), topicLink(row.topic, params), row.articles, WHERE[row.kind] ?? row.kind, row.where]),
      plain: kept.map((row) => [row.one.id, row.topic.name, row.articles, row.kind, row.where]),
      lead: "Powers that intrude, and where the conditions stand that go with them. " + explorer.unproven("safeguards") };
  }

  /* ---- chronology ---- */
  function chronology(across, params, data) {
    const corpus = explorer.corpus();
    const inside = new Set(across.map((one) => one.n));
    const by = new Map();
    for (const [topic, one, , date, articles, taken, words] of data.chronology) if (inside.has(one)) by.set(topic, [...(by.get(topic) ?? []), { one: corpus.instruments[one], date, articles, taken: corpus.instruments[taken], words }]);
    const kept = corpus.topics.filter((topic) => by.has(topic.n) && (!params.family || topic.family === params.family));
    const step = (topic) => (row) => [h("a", { href: address("row", { topic: topic.name, at: row.one.id, on: params.on }) }, `${row.one.short_title} (${row.date.slice(0, 4)})`), row.taken ? h("span", { class: "facts" }, ` ${row.words} words as in ${row.taken.short_title}`) : ""];
    const followed = (topic) => by.get(topic.n).slice(1);
    return { columns: ["Topic", "First of these", "Then"],
      rows: kept.map((topic) => [topicLink(topic, params), step(topic)(by.get(topic.n)[0]), followed(topic).length ? h("ol", { class: "steps" }, followed(topic).map((row) => h("li", {}, step(topic)(row)))) : h("span", { class: "facts" }, "none of these")]),
      plain: kept.map((topic) => [topic.name, by.get(topic.n)[0].one.id, followed(topic).map((row) => row.one.id).join("; ")]),
      lead: "Who regulated a topic first among the chosen instruments, and whose words were taken up. First here is not first in the world." };
  }

  /* ---- reuse ---- */
  function reuse(across, params, data) {
    const corpus = explorer.corpus();
    const inside = new Set(across.map((one) => one.n));
    const kept = data.reuse.filter(([left, , , right]) => inside.has(left) && inside.has(right)).slice(0, 300);
    const end = (n, eid, citation) => h("a", { href: address("treaty", { id: corpus.instruments[n].id, at: eid }) }, `${corpus.instruments[n].short_title}, ${citation}`);
    return { columns: ["Provision", "Provision", "Words in common"],
      rows: kept.map(([left, eid, citation, right, other, cited, words]) => [end(left, eid, citation), end(right, other, cited), String(words)]),
      plain: kept.map(([left, eid, , right, other, , words]) => [`${corpus.instruments[left].id} ${eid}`, `${corpus.instruments[right].id} ${other}`, words]),
      lead: "The longest passages that two of the chosen instruments share word for word, from eight words on." };
  }

  /* ---- status ---- */
  const ORIGIN = { official: "from the official address", mirror: "from a folder", specimen: "a specimen", file: "a file", own: "your own file" };
  const TEXT = { official: "official text", translation: "unofficial translation", copy: "copy of the official text" };

  function status(across) {
    const corpus = explorer.corpus();
    const asked = (one, attribute) => [...new Set(corpus.parameters.filter(([, , name]) => name === attribute).map((row) => row[3 + one.n]).filter(Boolean))].join("; ");
    const text = (one) => [TEXT[one.source?.text] ?? "", one.source?.language, ORIGIN[one.source?.origin] ?? "", one.source?.fetched && `of ${one.source.fetched}`, one.version ? `consolidated ${one.version}` : "", one.source?.fidelity === "ocr" ? "read from pictures" : ""].filter(Boolean).join(", ");
    const joining = corpus.topic.get("accession");
    const open = (one) => (!joining || !["treaty", "protocol"].includes(one.kind) ? "" : has(joining, one) ? `on the terms of ${cellOf(joining, one).articles}` : lacks(joining, one) ? "no clause found" : "not known");
    const needs = (one) => [asked(one, "ratifications_required"), asked(one, "entry_into_force_delay") && `in force after ${asked(one, "entry_into_force_delay")}`].filter(Boolean).join("; ");
    const line = (one) => [one.body, one.binding ? "binding" : "not binding", [one.scope, one.region].filter(Boolean).join(", "), open(one), one.dates.adopted ?? one.dates.signed ?? one.dates.opened ?? "", one.dates.in_force ?? "not declared", needs(one), text(one)];
    return { columns: ["Instrument", "Body", "Force", "Scope", "Open to others", "Adopted, signed or opened", "In force", "Ratifications it asks for", "Text read"],
      rows: across.map((one) => [[instrumentLink(one), h("span", { class: "long-title" }, outside(one.landing || one.url, one.citation || one.title))], ...line(one)]),
      plain: across.map((one) => [one.id, ...line(one)]), lead: "What each instrument is, and which text of it was read. Who has ratified, and with which reservations, is not in the texts: see the depositary." };
  }

  /* ---- agreement: how far all of the chosen go together, and where they part ---- */
  function agreement(across, params, data) {
    const corpus = explorer.corpus();
    const inside = new Set(across.map((one) => one.n));
    const by = new Map();
    for (const [topic, left, right, told] of data.conditional) if (inside.has(left) && inside.has(right)) by.set(topic, [...(by.get(topic) ?? []), { ends: [corpus.instruments[left], corpus.instruments[right]], told }]);
    const rows = corpus.topics.filter((topic) => !params.family || topic.family === params.family)
      .map((topic) => ({ topic, with: across.filter((one) => has(topic, one)), without: across.filter((one) => lacks(topic, one)), open: across.filter((one) => isOpen(topic, one)), terms: by.get(topic.n) ?? [], index: corpus.agreementOf(topic, across).index }));
    const core = rows.filter((row) => !["general", "final"].includes(row.topic.family));
    const known = core.filter((row) => row.with.length + row.without.length === across.length);
    const [all, none, some] = [(row) => !row.without.length, (row) => !row.with.length, (row) => row.with.length && row.without.length].map((test) => known.filter(test));
    const shown = rows.filter((row) => row.with.length);
    const place = (row) => Number(["general", "final"].includes(row.topic.family));
    shown.sort((one, other) => place(one) - place(other) || (other.index ?? -1) - (one.index ?? -1) || one.topic.n - other.topic.n);
    const pair = ({ ends, told }) => h("li", {}, h("a", { href: address("compare", { left: ends[0].id, right: ends[1].id }) }, `${ends[0].short_title} and ${ends[1].short_title}`), explorer.differing(told, ...ends));
    const terms = (row) => (row.terms.length ? h("details", {}, h("summary", {}, `${row.terms.length} ${row.terms.length === 1 ? "pair" : "pairs"}`), h("ul", {}, row.terms.map(pair))) : h("span", { class: "facts" }, "none known"));
    return { columns: ["Topic", "Agreement", "Regulated by", "Not found in", "Offences on other terms", "Not known"],
      rows: shown.map((row) => [topicLink(row.topic, params), row.index === null ? h("span", { class: "facts" }, "not known") : explorer.fixed(row.index), folded(row.with, (one) => cellLink(row.topic, one, params)), folded(row.without, (one) => cellLink(row.topic, one, params)), terms(row), folded(row.open, (one) => one.short_title)]),
      plain: shown.map((row) => [row.topic.name, row.index === null ? null : Math.round(row.index * 1e6) / 1e6, names(row.with), names(row.without), row.terms.map(({ ends }) => ends.map((one) => one.id).join(" / ")).join(" | "), names(row.open)]),
      lead: `Of ${core.length} topics of substance, ${known.length} are known of all ${across.length}: all regulate ${all.length}, only some ${some.length}, none ${none.length}. Agreement runs from 0 to 1, over those that bind: less than 1 where not all regulate it, or not with the same strength and values. The terms of offences are no part of it and stand beside it. ${explorer.unproven("dual_criminality", "offences that both have on other terms")}` };
  }

  /* ---- values: thresholds, periods, ages and counts of one kind under each other, with what they bound ---- */
  async function values(across, params) {
    const read = await Promise.all(across.filter((one) => one.status === "coded").map((one) => explorer.treaty(one.id)));
    const all = read.flatMap((treaty) => treaty.parameters.map((one) => ({ ...one, treaty })));
    const kinds = [...new Set(all.map((one) => one.attribute))].sort((one, other) => explorer.attribute(one).localeCompare(explorer.attribute(other), "en"));
    const kept = all.filter((one) => !params.value || one.attribute === params.value).sort((one, other) => kinds.indexOf(one.attribute) - kinds.indexOf(other.attribute));
    const place = (one) => (one.provision ? h("a", { href: address("treaty", { id: one.treaty.id, at: one.provision.eid }) }, one.provision.citation) : "");
    const words = (one) => one.shown.replaceAll("_", " ");
    return { columns: ["Instrument", "Value", "Says", "Where", "Under", "Decided by"],
      rows: kept.map((one) => [instrumentLink(one.treaty.instrument), explorer.attribute(one.attribute), words(one), place(one), one.topic ? topicLink(one.topic, params) : h("span", { class: "facts" }, "no topic"), one.decider]),
      plain: kept.map((one) => [one.treaty.id, one.attribute, words(one), one.provision?.citation ?? "", one.topic?.name ?? "", one.decider]),
      lead: "Numbers and conditions of one kind, with what they bound: at least, at most, a maximum or a minimum. An instrument that is not here sets none that was found." };
  }

  const TABS = { gaps: ["Gaps", gaps], agreement: ["Agreement", agreement], values: ["Values", values], havens: ["Safe havens", havens], safeguards: ["Safeguards", safeguards], chronology: ["Chronology", chronology], reuse: ["Reuse", reuse], status: ["Status", status] };

  /* The questions that a control says something of. */
  const ASKS = { family: ["gaps", "agreement", "havens", "chronology"], of: ["gaps"], value: ["values"] };

  function controls() {
    const corpus = explorer.corpus();
    return [choice("tab", "Question", Object.entries(TABS).map(([name, [said]], n) => [n ? name : "", said])),
      choice("family", "Family of topics", [["", "All families"], ...corpus.families.map((one) => [one.name, one.title])]),
      choice("value", "Value", [["", "All"], ...[...new Set(corpus.parameters.map(([, , name]) => name))].map((name) => [name, explorer.attribute(name)]).sort(([, one], [, other]) => one.localeCompare(other, "en"))]),
      choice("of", "Missing from", [["", "Any of the chosen"], ["all", "All of the chosen"], ...explorer.read().map((one) => [one.id, one.short_title])]),
      chooser("on", explorer.read())];
  }

  async function results(params) {
    const name = params.tab in TABS ? params.tab : "gaps";
    const [said, made] = TABS[name];
    const across = explorer.chosen(params);
    const found = await made(across, params, await load("briefing"));
    for (const [control, tabs] of Object.entries(ASKS)) document.querySelector(`#x-view [name=${control}]`).parentNode.hidden = !tabs.includes(name);
    return {
      title: said, lead: found.lead, status: `${found.rows.length} rows over ${across.length} instruments`,
      nodes: [params.on ? null : h("p", { class: "aside" }, "All instruments are taken together; choose those you brief on to see theirs alone."),
        found.rows.length ? scroll(said, table(said, found.columns.map((column) => [column, column === "In force" ? "num" : ""]), found.rows)) : h("p", { class: "empty" }, "Nothing of this kind is known of the chosen instruments.")],
      sheets: [{ label: "Table (CSV)", name: `briefing_${name}`, columns: found.columns.map((column) => column.toLowerCase().replaceAll(" ", "_")), rows: found.plain }],
    };
  }

  /* Two or three sentences on two instruments, read off the matrix and the terms of offences. */
  function sentences(left, right, data) {
    const corpus = explorer.corpus();
    const core = corpus.topics.filter((topic) => !["general", "final"].includes(topic.family));
    const known = core.filter((topic) => [left, right].every((one) => has(topic, one) || lacks(topic, one)));
    const both = known.filter((topic) => has(topic, left) && has(topic, right));
    const only = (one, other) => known.filter((topic) => has(topic, one) && lacks(topic, other));
    const some = (topics) => (topics.length ? ` (${topics.slice(0, 3).map((one) => one.title).join("; ")}${topics.length > 3 ? "; …" : ""})` : "");
    const [mine, yours] = [only(left, right), only(right, left)];
    const pair = new Set([left.n, right.n]);
    const terms = data.conditional.filter(([, one, other]) => pair.has(one) && pair.has(other));
    const offences = data.offences.map((n) => corpus.topics[n]).filter((topic) => has(topic, left) && has(topic, right));
    return [
      `Of ${core.length} topics of substance, ${known.length} are known of both: both regulate ${both.length}; only ${left.short_title} ${mine.length}${some(mine)}; only ${right.short_title} ${yours.length}${some(yours)}.`,
      offences.length ? `Both demand ${offences.length} offences; ${explorer.unproven("dual_criminality") ? "not proven: " : ""}on ${terms.length} of them their terms differ${some(terms.map(([n]) => corpus.topics[n]))}.` : "No offence is demanded by both.",
      known.length < core.length ? `On ${core.length - known.length} topics nothing can be said of at least one of them.` : null,
    ].filter(Boolean);
  }

  explorer.sentences = sentences;
  view("briefing", { name: "Briefing", controls, results });
})();
