"use strict";
/* Provisions by their words, topics and strength, the most relevant first. What is found and in which order is said in
   publishing/search.py, which does the same for the command line. */
(() => {
  const { h, address, view, choice, field, marked, load, STRENGTHS } = explorer;
  const AROUND = 130;
  const FEW = 12;
  const folded = new Map();

  /* Words without case, accents and shapes of quotes and dashes; as long as they were. */
  function fold(text) {
    const small = text.toLowerCase();
    const kept = small.length === text.length ? small : [...Array(text.length).keys()].map((n) => text[n].toLowerCase()[0]).join("");
    return kept.replace(/[\u00c0-\u024f]/g, (one) => one.normalize("NFD")[0]).replace(/[\u2018\u2019]/g, "'").replace(/[\u201c\u201d]/g, '"').replace(/[\u2010-\u2014]/g, "-").replace(/\s/g, " ");
  }

  /* The terms of a query, each a list of words; words in double quotes are one term. */
  const LETTER = /[\p{L}\p{N}]/u;
  /* "co-operation" is one word, which others write without the stroke; see stems.py. */
  const LETTERS = /(?:co-(?=o))?[\p{L}\p{N}]+/gu;
  const asked = (query) => [...(query ?? "").matchAll(/"([^"]+)"|([^\s"]+)/g)].map((match) => fold(match[1] ?? match[2]).match(LETTERS) ?? []).filter((term) => term.length);

  /* Words by their stems, as the release has them: forms("preserve") are preserve, preserved, preservation, … */
  let byStem = null;
  let stems = null;
  function learn(found) {
    stems = new Map(found.stems.flatMap(([stem, ...words]) => words.map((word) => [word, stem])));
    byStem = new Map(found.stems.map(([stem, ...words]) => [stem, words]));
  }
  const stem = (word) => stems.get(word) ?? stems.get(word.replace("-", "")) ?? stems.get(word.replace(/iz(e[srd]?|ing|ation|ations)$/, "is$1"));

  /* The forms of a word; where the release does not have it, the words that begin with it. */
  function forms(word) {
    const found = byStem.get(stem(word));
    if (found) return found;
    return word.length >= 3 ? [...stems.keys()].filter((one) => one.startsWith(word)) : [];
  }

  const escaped = (word) => word.replace(/[.*+?^${}()|[\]\\\/]/g, "\\$&");
  const longest = (words) => `(?:${[...words].sort((one, other) => other.length - one.length).map(escaped).join("|")})`;
  function pattern(term) {
    const all = term.map(forms);
    return all.every((each) => each.length) ? new RegExp(`(?<![\\p{L}\\p{N}])${all.map(longest).join("[^\\p{L}\\p{N}]+")}(?![\\p{L}\\p{N}])`, "gu") : null;
  }

  const positions = (text, found) => [...text.matchAll(found)].map((match) => [match.index, match.index + match[0].length]);

  /* The topics whose title, or one of whose synonyms, holds all the words, with what their labels count. */
  const BY_TITLE = 2;
  const WHOLE = 1.5;
  const BY_SYNONYM = 0.1;
  function named(terms) {
    const said = terms.flat().map((word) => stem(word) ?? word);
    const own = (name) => (fold(name).match(LETTERS) ?? []).map((word) => stem(word) ?? word);
    const held = (name) => said.every((word) => own(name).includes(word));
    const byTitle = (title) => (own(title).every((word) => said.includes(word)) ? Math.max(BY_TITLE, WHOLE * terms.length) : BY_TITLE);
    const counted = (one) => (held(one.title) ? byTitle(one.title) : one.synonyms.some(held) ? BY_SYNONYM : 0);
    return new Map(said.length ? explorer.corpus().topics.map((one) => [one, counted(one)]).filter(([, weight]) => weight) : []);
  }

  /* The kinds of values whose name holds all the words: "preservation period" leads to all such periods. */
  const valued = (terms) => { const said = terms.flat().map((word) => stem(word) ?? word);
    return said.length ? [...new Set(explorer.corpus().parameters.map(([, , name]) => name))].filter((name) => { const own = (fold(explorer.attribute(name)).match(LETTERS) ?? []).map((word) => stem(word) ?? word); return said.every((word) => own.includes(word)); }) : []; };

  const folds = (treaty) => { if (!folded.has(treaty.id)) folded.set(treaty.id, fold(treaty.text ?? "")); return folded.get(treaty.id); };
  const headed = (one) => fold(one.heading);
  const bodied = (treaty, one) => folds(treaty).slice(one.body, one.end);
  const counts = (text, found) => positions(text, found).length;
  const holds = (treaty, one, patterns) => { const said = `${headed(one)}\n${bodied(treaty, one)}`; return patterns.every((each) => counts(said, each)); };

  /* The smallest provisions that hold all the terms. */
  function holding(treaty, patterns) {
    const whole = `${folds(treaty)}\n${treaty.provisions.map(headed).join("\n")}`;
    if (!patterns.length || patterns.includes(null) || !patterns.every((each) => counts(whole, each))) return [];
    const found = new Set(treaty.provisions.filter((one) => holds(treaty, one, patterns)));
    const around = new Set([...found].map((one) => one.parent));
    return [...found].filter((one) => !around.has(one));
  }

  const nested = (one, other) => explorer.inside(one, other) || explorer.inside(other, one);
  const about = (treaty, one, topics) => Math.max(0, ...treaty.labels.filter((label) => label.committed && topics.has(label.topic) && nested(one, label.provision)).map((label) => topics.get(label.topic) * label.score));

  /* The provisions that answer, best first: the sum of search.py. */
  function answers(treaty, patterns, topics, labelled) {
    const found = holding(treaty, patterns);
    const more = labelled ? [...new Set(treaty.labels.filter((label) => label.committed && topics.has(label.topic)).map((label) => label.provision))]
      .filter((one) => !found.some((other) => nested(one, other))) : [];
    return [...found.map((one) => [one, patterns]), ...more.map((one) => [one, []])].map(([one, own]) => ({ treaty, one, said: own.length > 0, score: relevance(treaty, one, own, topics) }));
  }

  function relevance(treaty, one, patterns, topics) {
    const text = bodied(treaty, one);
    const heading = `${headed(one)}\n${headed(one.article)}`;
    const said = patterns.reduce((sum, each) => { const times = counts(text, each);
      return sum + times / (times + 1 + text.length / 1000) + (counts(heading, each) ? 0.5 : 0); }, 0);
    return Math.round((said + about(treaty, one, topics)) * 1e6) / 1e6;
  }

  const best = (one, other) => other.score - one.score || (one.treaty.instrument.made || "9999").localeCompare(other.treaty.instrument.made || "9999")
    || (one.treaty.id < other.treaty.id ? -1 : one.treaty.id > other.treaty.id ? 1 : one.one.n - other.one.n);

  const committed = (treaty, one) => treaty.labels.filter((label) => label.committed && label.provision === one);

  function fits(treaty, one, params) {
    const labels = treaty.labels.filter((label) => label.committed && (explorer.inside(label.provision, one) || label.provision === one));
    return (!params.topic || labels.some((label) => label.topic.name === params.topic))
      && (!params.family || labels.some((label) => label.topic.family === params.family)) && (!params.strength || one.strength === params.strength);
  }

  /* ---- what is shown ---- */
  function snippet(treaty, one, terms) {
    if (treaty.text === null) return null;
    const text = folded.get(treaty.id) ?? "";
    const spans = terms.flatMap((term) => (term ? positions(text.slice(one.start, one.end), term).map(([from, to]) => [one.start + from, one.start + to]) : []));
    const at = spans.length ? Math.min(...spans.map(([start]) => start)) : one.body;
    const start = word(treaty.text, Math.max(one.body > at ? one.start : one.body, at - AROUND), one.start);
    const end = word(treaty.text, Math.min(one.end, at + 2 * AROUND), at);
    return h("p", { class: "snippet", lang: "en" }, start > one.body ? "… " : "", marked(treaty.text, start, end, spans), end < one.end ? " …" : "");
  }

  /* The place itself, or the beginning of the word it lies in. */
  function word(text, at, least) {
    while (at > least && at < text.length && LETTER.test(text[at - 1]) && LETTER.test(text[at])) at -= 1;
    return at;
  }

  const hit = ({ treaty, one }, terms) => h("li", { class: "hit" },
    h("h2", {}, h("a", { href: address("treaty", { id: treaty.id, at: one.eid }) }, `${treaty.instrument.short_title}, ${one.citation}`), one.article.heading && h("span", { class: "heading" }, one.article.heading)),
    snippet(treaty, one, terms),
    h("p", { class: "chips" }, [...new Set(committed(treaty, one).map((label) => label.topic))].map((topic) => explorer.topicLink(topic, { at: treaty.id })), explorer.strength(one.strength)));

  /* In which instruments the words stand, the most provisions first: one that says much of a thing hides the others below. */
  function spread(hits, params) {
    const counted = new Map();
    for (const { treaty, said } of hits) if (said) counted.set(treaty.instrument, (counted.get(treaty.instrument) ?? 0) + 1);
    if (params.id || counted.size < 2) return null;
    const ones = [...counted].sort(([one, n], [other, m]) => m - n || explorer.byDate(one, other));
    const link = ([one, count]) => h("a", { class: "chip", href: address("search", { ...params, id: one.id }) }, `${one.short_title} ${count}`);
    const all = ones.map(link);
    return h("div", { class: "chips spread-of" }, "The words stand in: ", all.slice(0, FEW), all.length > FEW ? h("details", {}, h("summary", {}, `${all.length - FEW} more`), all.slice(FEW)) : null);
  }

  const COLUMNS = ["instrument", "eid", "citation", "heading", "page", "url", "topics", "strength", "text"];
  const line = ({ treaty, one }) => [treaty.id, one.eid, one.citation, one.article.heading || null, one.page || null, explorer.paged(treaty.instrument.source, one.page),
    [...new Set(committed(treaty, one).map((label) => label.topic.name))].join(" ") || null, one.strength || null, treaty.words(one.body, one.end)];

  function controls() {
    const corpus = explorer.corpus();
    const read = explorer.read();
    return [field("q", "Words", { placeholder: corpus.release.with_text ? 'unauthorised "computer system"' : "words of headings" }),
      choice("id", "Instrument", [["", "All"], ...read.map((one) => [one.id, one.short_title])]),
      choice("family", "Family", [["", "Any"], ...corpus.families.map((one) => [one.name, one.title])]),
      choice("topic", "Topic", [["", "Any"], ...corpus.topics.map((one) => [one.name, one.title])]),
      choice("strength", "Strength", [["", "Any"], ...STRENGTHS.map((name) => [name, name])]),
      choice("most", "Show", [["", "50"], ["500", "500"], ["all", "all"]])];
  }

  async function results(params) {
    const corpus = explorer.corpus();
    if (!stems) learn(await load("words"));
    const terms = asked(params.q);
    const patterns = terms.map(pattern);
    const read = explorer.read().filter((one) => !params.id || one.id === params.id);
    const called = named(terms);
    const values = valued(terms);
    const any = terms.length || params.topic || params.family || params.strength;
    const treaties = any ? await Promise.all(read.map((one) => explorer.treaty(one.id))) : [];
    const chosen = corpus.topics.filter((one) => (!params.topic || one.name === params.topic) && (!params.family || one.family === params.family));
    const topics = params.topic || !terms.length ? new Map(chosen.map((one) => [one, BY_TITLE])) : called;
    const labelled = !terms.length ? Boolean(params.topic || params.family) : !params.topic;
    const hits = terms.length || params.topic || params.family
      ? treaties.flatMap((treaty) => answers(treaty, patterns, topics, labelled)).filter((hit) => fits(hit.treaty, hit.one, params)).sort(best)
      : treaties.flatMap((treaty) => treaty.provisions.filter((one) => !one.children.length && one.strength === params.strength).map((one) => ({ treaty, one })));
    const most = params.most === "all" ? hits.length : Number(params.most) || 50;
    const shown = hits.slice(0, most);
    return {
      title: "Search", lead: corpus.release.with_text ? "Provisions that hold all the words in any of their forms, the most relevant first; quotation marks keep words together. What names a topic (“hacking”) finds its provisions too." : "This release holds no words of treaties: headings are searched.",
      status: any ? `${hits.length} provisions in ${new Set(hits.map((one) => one.treaty)).size} instruments${shown.length < hits.length ? `; the first ${shown.length} are shown` : ""}` : "Type words, or choose a topic.",
      nodes: [called.size ? h("p", { class: "chips" }, "Topics: ", [...called.keys()].map((one) => explorer.topicLink(one))) : null,
        values.length ? h("p", { class: "chips" }, "Values: ", values.map((name) => h("a", { class: "chip", href: address("briefing", { tab: "values", value: name }) }, explorer.attribute(name)))) : null,
        terms.length ? spread(hits, params) : null,
        any && !hits.length ? h("p", { class: "empty" }, "Nothing fits. Try fewer words, or the name of a topic.") : h("ol", { class: "hits" }, shown.map((one) => hit(one, patterns)))],
      sheets: shown.length ? [{ label: "Provisions (CSV)", name: "search", columns: COLUMNS, rows: shown.map(line) }] : [],
    };
  }

  view("search", { name: "Search", controls, results });
})();
