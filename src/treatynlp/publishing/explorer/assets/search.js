"use strict";
/* Provisions by their words, topics and strength. All terms must stand in a provision; the smallest that has them all is
   shown. Quotation marks keep words together; a term is found where words begin with it. */
(() => {
  const { h, address, view, choice, field, marked, STRENGTHS, STRUCTURE } = explorer;
  const AROUND = 130;
  const folded = new Map();

  /* Words without case, accents and shapes of quotes and dashes; as long as they were. */
  function fold(text) {
    const small = text.toLowerCase();
    const kept = small.length === text.length ? small : [...Array(text.length).keys()].map((n) => text[n].toLowerCase()[0]).join("");
    return kept.replace(/[\u00c0-\u024f]/g, (one) => one.normalize("NFD")[0]).replace(/[\u2018\u2019]/g, "'").replace(/[\u201c\u201d]/g, '"').replace(/[\u2010-\u2014]/g, "-").replace(/\s/g, " ");
  }

  const asked = (query) => [...(query ?? "").matchAll(/"([^"]+)"|(\S+)/g)].map((match) => fold(match[1] ?? match[2]).trim()).filter(Boolean);

  const LETTER = /[\p{L}\p{N}]/u;

  function positions(text, term) {
    const found = [];
    for (let at = text.indexOf(term); at >= 0; at = text.indexOf(term, at + 1)) if (!at || !LETTER.test(text[at - 1]) || !LETTER.test(term[0])) found.push(at);
    return found;
  }

  /* The number of the first position that is not before `at`. */
  function first(places, at) {
    let [low, high] = [0, places.length];
    while (low < high) { const middle = (low + high) >> 1; if (places[middle] < at) low = middle + 1; else high = middle; }
    return low;
  }

  const within = (one, places, length) => { const at = places[first(places, one.start)]; return at !== undefined && at + length <= one.end; };

  function holding(treaty, terms) {
    if (treaty.text === null) return treaty.provisions.filter((one) => terms.every((term) => positions(fold(one.heading), term).length));
    if (!folded.has(treaty.id)) folded.set(treaty.id, fold(treaty.text));
    const places = terms.map((term) => positions(folded.get(treaty.id), term));
    const rarest = [...places].sort((one, other) => one.length - other.length)[0];
    const starts = treaty.provisions.map((one) => one.start);
    const found = new Set();
    for (const at of rarest) {
      let one = treaty.provisions[first(starts, at + 1) - 1];
      while (one && !(one.end > at && places.every((each, n) => within(one, each, terms[n].length)))) one = one === one.article ? null : one.parent;
      if (one) found.add(one);
    }
    const smallest = (one) => !STRUCTURE.has(one.kind) && ![...found].some((other) => other !== one && explorer.inside(one, other));
    return [...found].filter(smallest).sort((one, other) => one.n - other.n);
  }

  const committed = (treaty, one) => treaty.labels.filter((label) => label.committed && label.provision === one);

  function fits(treaty, one, params) {
    const labels = treaty.labels.filter((label) => label.committed && (explorer.inside(label.provision, one) || label.provision === one));
    return (!params.topic || labels.some((label) => label.topic.name === params.topic))
      && (!params.family || labels.some((label) => label.topic.family === params.family)) && (!params.strength || one.strength === params.strength);
  }

  function candidates(treaty, terms, params) {
    if (terms.length) return holding(treaty, terms);
    if (params.topic || params.family) return [...new Set(treaty.labels.filter((one) => one.committed).map((one) => one.provision))].sort((one, other) => one.n - other.n);
    return params.strength ? treaty.provisions.filter((one) => one.children.length === 0) : [];
  }

  /* ---- what is shown ---- */
  function snippet(treaty, one, terms) {
    if (treaty.text === null) return null;
    const text = folded.get(treaty.id) ?? "";
    const spans = terms.flatMap((term) => positions(text.slice(one.start, one.end), term).map((at) => [one.start + at, one.start + at + term.length]));
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

  const topicsFor = (terms) => (terms.length ? explorer.corpus().topics.filter((one) => terms.every((term) => fold(`${one.title} ${one.means}`).includes(term))) : []);

  const COLUMNS = ["instrument", "eid", "citation", "heading", "page", "url", "topics", "strength", "text"];
  const line = ({ treaty, one }) => [treaty.id, one.eid, one.citation, one.article.heading || null, one.page || null, explorer.paged(treaty.instrument.source, one.page),
    [...new Set(committed(treaty, one).map((label) => label.topic.name))].join(" ") || null, one.strength || null, treaty.words(one.body, one.end)];

  function controls() {
    const corpus = explorer.corpus();
    const read = corpus.instruments.filter((one) => one.status !== "not_assessed").sort(explorer.byDate);
    return [field("q", "Words", { placeholder: corpus.release.with_text ? 'unauthorised "computer system"' : "words of headings" }),
      choice("id", "Instrument", [["", "All"], ...read.map((one) => [one.id, one.short_title])]),
      choice("family", "Family", [["", "Any"], ...corpus.families.map((one) => [one.name, one.title])]),
      choice("topic", "Topic", [["", "Any"], ...corpus.topics.map((one) => [one.name, one.title])]),
      choice("strength", "Strength", [["", "Any"], ...STRENGTHS.map((name) => [name, name])]),
      choice("most", "Show", [["", "50"], ["500", "500"], ["all", "all"]])];
  }

  async function results(params) {
    const corpus = explorer.corpus();
    const terms = asked(params.q);
    const read = corpus.instruments.filter((one) => one.status !== "not_assessed" && (!params.id || one.id === params.id)).sort(explorer.byDate);
    const any = terms.length || params.topic || params.family || params.strength;
    const treaties = any ? await Promise.all(read.map((one) => explorer.treaty(one.id))) : [];
    const hits = treaties.flatMap((treaty) => candidates(treaty, terms, params).filter((one) => fits(treaty, one, params)).map((one) => ({ treaty, one })));
    const most = params.most === "all" ? hits.length : Number(params.most) || 50;
    const shown = hits.slice(0, most);
    const named = topicsFor(terms);
    return {
      title: "Search", lead: corpus.release.with_text ? "Provisions that hold all the words; quotation marks keep words together." : "This release holds no words of treaties: headings are searched.",
      status: any ? `${hits.length} provisions in ${new Set(hits.map((one) => one.treaty)).size} instruments${shown.length < hits.length ? `; the first ${shown.length} are shown` : ""}` : "Type words, or choose a topic.",
      nodes: [named.length ? h("p", { class: "chips" }, "Topics: ", named.map((one) => explorer.topicLink(one))) : null,
        any && !hits.length ? h("p", { class: "empty" }, "Nothing fits. Try fewer words, or the beginning of a word.") : h("ol", { class: "hits" }, shown.map((one) => hit(one, terms)))],
      sheets: shown.length ? [{ label: "Provisions (CSV)", name: "search", columns: COLUMNS, rows: shown.map(line) }] : [],
    };
  }

  view("search", { name: "Search", controls, results });
})();
