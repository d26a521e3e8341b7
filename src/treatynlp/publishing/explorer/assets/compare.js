"use strict";
/* Two instruments: what answers what, where the wordings part, and what only one of them has. */
(() => {
  const { h, address, view, choice, table, scroll, percent, fixed, strength, load } = explorer;
  const RELATIONS = { same_terms: "same on the terms compared", left_wider: "left criminalises more", right_wider: "right criminalises more",
    left_stronger: "left asks more", right_stronger: "right asks more", opposed: "opposed", mixed: "different, not all one way",
    not_compared: "too few terms read to compare", candidate: "a candidate, for a reader to judge" };
  const SPACE = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/;

  /* ---- without two chosen: all pairs ---- */
  function overview() {
    const corpus = explorer.corpus();
    const pairs = [...corpus.alike].sort((one, other) => (other.textual ?? -1) - (one.textual ?? -1) || one.left.n - other.left.n || one.right.n - other.right.n);
    const link = (pair) => h("a", { href: address("compare", { left: pair.left.id, right: pair.right.id }) }, `${pair.left.short_title} and ${pair.right.short_title}`);
    const columns = [["Instruments", ""], ["Thematic", "num"], ["Textual", "num"], ["On the same terms", "num"]];
    return {
      title: "Compare two instruments", lead: "Choose two, or open a pair below. Thematic: the share of topics both have. Textual: how alike their words are. On the same terms: agreement on topics and their conditions.",
      status: `${pairs.length} pairs of instruments, the most alike in wording first${corpus.left_out ? `; ${corpus.left_out} more, with nearer ones, are in similarity.csv` : ""}`,
      nodes: [pairs.length ? scroll("Pairs of instruments", table("Pairs of instruments, the most alike in wording first", columns,
        pairs.map((pair) => [link(pair), fixed(pair.thematic), fixed(pair.textual), fixed(pair.index)])))
        : h("p", { class: "empty" }, "There are no two instruments with a text in this release.")],
      sheets: [{ label: "Pairs (CSV)", name: "pairs", columns: ["left", "right", "thematic", "textual", "index"],
        rows: pairs.map((pair) => [pair.left.id, pair.right.id, pair.thematic, pair.textual, pair.index]) }],
    };
  }

  /* ---- the alignment of two, as it is stored for the left one of the registry's order ---- */
  async function aligned(left, right) {
    const turned = left.n > right.n;
    const [one, other] = turned ? [right, left] : [left, right];
    const found = (await load(`pairs/${one.id}`)).pairs.find(([n]) => n === other.n);
    if (!found) throw new Error(`in this release these two were not compared provision by provision, as each has nearer ones; treatynlp compare ${one.id} ${other.id} does it`);
    const [, pairs, onlyOne, onlyOther] = found;
    const read = ([a, b, score, relation, differs, shared, runs]) => turned
      ? { left: b, right: a, score, relation: turn(relation), differs: turnWords(differs), shared: shared ?? null, runs: runs ? turnRuns(runs) : null }
      : { left: a, right: b, score, relation, differs, shared: shared ?? null, runs: runs || null };
    return { pairs: pairs.map(read), onlyLeft: turned ? onlyOther : onlyOne, onlyRight: turned ? onlyOne : onlyOther };
  }

  const turn = (relation) => relation.replace(/^(left|right)_/, (_, side) => (side === "left" ? "right_" : "left_"));
  const turnWords = (differs) => differs.split("; ").map((one) => one.replace(/^([^:]*: )(.*) \/ (.*)$/s, "$1$3 / $2")).join("; ");
  const turnRuns = (runs) => runs.map((n, at) => (at % 3 === 1 ? runs[at + 1] : at % 3 === 2 ? runs[at - 1] : n));

  /* The kind of a relation that was judged: of final clauses, or of substance. */
  const kindOf = (topics) => (topics.length && topics.every((topic) => topic.family === "final") ? "relations_final" : "relations");

  /* What a relation is called; one that says something is not told as a finding until such relations are proven. */
  const told = (relation, topics = []) => (["candidate", "not_compared"].includes(relation) || !explorer.unproven(kindOf(topics)) ? RELATIONS[relation] ?? relation : `not proven: ${RELATIONS[relation]}`);

  /* A pair below the score at which one is shown as a match. */
  const candidate = (pair) => pair.relation === "candidate";

  /* A candidate on a topic of substance that both regulate stands among the matches: a reader must not take it for none. */
  const near = (pair, sides) => candidate(pair) && agreement(pair, sides).both.some((topic) => !["general", "final"].includes(topic.family));

  /* ---- one match ---- */
  const body = (treaty, one) => treaty.words(one.body, one.end);

  function redline(pair, sides) {
    const [one, other] = [body(sides.left, pair.from), body(sides.right, pair.to)].map((text) => text.split(SPACE).filter(Boolean));
    const shown = [];
    for (let at = 0, l = 0, r = 0; at < pair.runs.length; at += 3) {
      const [same, gone, came] = pair.runs.slice(at, at + 3);
      shown.push(`${one.slice(l, l + same).join(" ")} `);
      if (gone) shown.push(h("del", {}, one.slice(l + same, l + same + gone).join(" ")), " ");
      if (came) shown.push(h("ins", {}, other.slice(r + same, r + same + came).join(" ")), " ");
      l += same + gone;
      r += same + came;
    }
    return h("blockquote", { class: "redline", lang: "en" }, shown);
  }

  const topicsOf = (treaty, one) => new Set(treaty.labels.filter((label) => label.committed && explorer.inside(one, label.provision)).map((label) => label.topic));

  function agreement(pair, sides) {
    const [one, other] = [topicsOf(sides.left, pair.from), topicsOf(sides.right, pair.to)];
    return { both: [...one].filter((topic) => other.has(topic)), any: new Set([...one, ...other]).size };
  }

  function match(pair, sides, params) {
    const { both, any } = agreement(pair, sides);
    return h("article", { class: candidate(pair) ? "candidate" : "match" },
      h("h3", {}, end(sides.left, pair.from), h("span", {}, h("span", { class: "hush" }, " answers "), end(sides.right, pair.to))),
      h("dl", { class: "facts" },
        fact("Score", percent(pair.score)), fact("Relation", h("span", { class: `relation r-${pair.relation}` }, told(pair.relation, both))),
        fact("Topics in common", any ? `${both.length} of ${any}` : "none known"), pair.shared !== null && fact("Words in common", percent(pair.shared)),
        pair.differs && fact("Differs in", explorer.differing(pair.differs, sides.left.instrument, sides.right.instrument))),
      both.length > 0 && h("p", { class: "chips" }, both.map((topic) => explorer.topicLink(topic, { on: `${sides.left.id},${sides.right.id}` }))),
      words(pair, sides, params));
  }

  const fact = (name, value) => h("div", {}, h("dt", {}, name), h("dd", {}, value));

  const end = (treaty, one) => h("a", { href: address("treaty", { id: treaty.id, at: one.eid }) }, `${treaty.instrument.short_title}, ${one.citation}`, one.heading && h("span", { class: "heading" }, one.heading));

  function words(pair, sides, params) {
    if (sides.left.text === null) return null;
    if (params.words !== "apart" && pair.runs) return redline(pair, sides);
    return h("div", { class: "beside" },
      h("blockquote", { lang: "en" }, explorer.paragraphs([body(sides.left, pair.from)]), strength(pair.from.strength)),
      h("blockquote", { lang: "en" }, explorer.paragraphs([body(sides.right, pair.to)]), strength(pair.to.strength)));
  }

  function alone(treaty, numbers, side) {
    const link = (n) => h("li", {}, end(treaty, treaty.provisions[n]));
    return h("section", { class: "alone" }, h("h2", {}, `Only in the ${side}: ${treaty.instrument.short_title}`),
      numbers.length ? h("ul", {}, numbers.map(link)) : h("p", { class: "facts" }, "Every article has a counterpart."));
  }

  /* ---- as CSV, with the columns of alignments.csv ---- */
  const SIDE = (side) => ["eid", "citation", "page", "url"].map((name) => `${side}_${name}`);
  const COLUMNS = ["left", "right", "match", "score", "relation", "differs", "topics_common", "topics_any", "words_common", ...SIDE("left"), ...SIDE("right")];
  const place = (treaty, one) => [one.eid, one.citation, one.page || null, explorer.paged(treaty.instrument.source, one.page)];
  const NOWHERE = [null, null, null, null];

  function sheet(found, sides) {
    const ids = [sides.left.id, sides.right.id];
    const topics = (pair) => { const { both, any } = agreement(pair, sides); return [both.length, any]; };
    const matched = found.pairs.map((pair) => [...ids, candidate(pair) ? "candidate" : "matched", pair.score, candidate(pair) ? null : pair.relation, pair.differs || null, ...topics(pair), pair.shared,
      ...place(sides.left, pair.from), ...place(sides.right, pair.to)]);
    const only = (side, numbers) => numbers.map((n) => { const at = place(sides[side], sides[side].provisions[n]);
      return [...ids, `only_${side}`, null, null, null, null, null, null, ...(side === "left" ? [...at, ...NOWHERE] : [...NOWHERE, ...at])]; });
    return { label: "Matches (CSV)", name: `compare_${ids.join("_")}`, columns: COLUMNS, rows: [...matched, ...only("left", found.onlyLeft), ...only("right", found.onlyRight)] };
  }

  /* ---- the view ---- */
  function controls() {
    const read = explorer.read().map((one) => [one.id, one.short_title]);
    const relations = [["", "Any"], ...Object.entries(RELATIONS)];
    return [choice("left", "Left", [["", "Choose…"], ...read]), choice("right", "Right", [["", "Choose…"], ...read]),
      choice("family", "Family", [["", "Any"], ...explorer.corpus().families.map((one) => [one.name, one.title])]), choice("topic", "Topic", [["", "Any"], ...explorer.corpus().topics.map((one) => [one.name, one.title])]), choice("relation", "Relation", relations), choice("words", "Words", [["", "redline"], ["apart", "side by side"]]),
      choice("order", "In the order of", [["", "the left instrument"], ["score", "score"]])];
  }

  function summary(left, right, found) {
    const [one, other] = [left.n, right.n].sort((a, b) => a - b);
    const pair = explorer.corpus().alike.find((each) => each.left.n === one && each.right.n === other);
    return h("dl", { class: "facts big" },
      pair && [fact("Thematic agreement", fixed(pair.thematic) || "not known"), fact("Textual likeness", fixed(pair.textual) || "not known"), fact("On the same terms", fixed(pair.index) || "not known")],
      fact("Matches", String(found.pairs.filter((one) => !candidate(one)).length)), fact("Only left", String(found.onlyLeft.length)), fact("Only right", String(found.onlyRight.length)));
  }

  /* Whether a match is of the topic or family asked for. */
  function about(pair, sides, params) {
    if (!params.topic && !params.family) return true;
    const own = [...topicsOf(sides.left, pair.from), ...topicsOf(sides.right, pair.to)];
    return own.some((topic) => (!params.topic || topic.name === params.topic) && (!params.family || topic.family === params.family));
  }

  /* Provisions that only define terms. */
  const defines = (pair, sides) => [...topicsOf(sides.left, pair.from)].some((topic) => topic.name === "definitions");

  /* What answers what in two instruments, with both texts. */
  async function matched(left, right) {
    const [found, ...treaties] = await Promise.all([aligned(left, right), explorer.treaty(left.id), explorer.treaty(right.id)]);
    const sides = { left: treaties[0], right: treaties[1] };
    return { ...found, sides, pairs: found.pairs.map((pair) => ({ ...pair, from: sides.left.provisions[pair.left], to: sides.right.provisions[pair.right] })) };
  }

  async function results(params) {
    const corpus = explorer.corpus();
    const [left, right] = [corpus.instrument.get(params.left), corpus.instrument.get(params.right)];
    if (!left || !right || left === right) return overview();
    if (!corpus.aligned) throw new Error("this release was made without comparing provision by provision");
    const found = await matched(left, right);
    const sides = found.sides;
    const kept = { ...found, pairs: found.pairs
      .filter((pair) => (!params.relation || pair.relation === params.relation) && about(pair, sides, params)) };
    if (params.order === "score") kept.pairs.sort((one, other) => other.score - one.score);
    else kept.pairs.sort((one, other) => one.left - other.left || one.right - other.right);
    return shown(kept, sides, params, summary(left, right, found), explorer.sentences(left, right, await load("briefing")));
  }

  /* Which articles of the one stand beside which of the other, topic by topic: the matrix, so that the two never differ. */
  function byTopic(sides, params) {
    const corpus = explorer.corpus();
    const [left, right] = [sides.left.instrument, sides.right.instrument];
    const said = (topic, one) => { const cell = corpus.cell(topic, one); return [explorer.shownState(cell.state), " ", cell.articles]; };
    const found = (topic) => [left, right].some((one) => corpus.counts(topic, one) === "found");
    const kept = corpus.topics.filter((topic) => found(topic) && (!params.topic || topic.name === params.topic) && (!params.family || topic.family === params.family));
    const name = "Topic by topic, as in the matrix";
    return h("details", { open: Boolean(params.topic || params.family), class: "by-topic" }, h("summary", {}, `${name}: ${kept.length} topics that at least one of them regulates`),
      scroll(name, table(name, [["Topic", ""], [left.short_title, ""], [right.short_title, ""]],
        kept.map((topic) => [h("a", { href: address("row", { topic: topic.name, on: `${left.id},${right.id}` }) }, topic.title), said(topic, left), said(topic, right)]))));
  }

  function folded(found, sides, params) {
    const own = params.topic === "definitions" ? [] : found.pairs.filter((pair) => !candidate(pair) && defines(pair, sides));
    return own.length ? h("details", {}, h("summary", {}, `Definitions: ${own.length} matches`), own.map((pair) => match(pair, sides, params))) : null;
  }

  /* Candidates, which are no matches: folded away, and named so. */
  function unsure(found, sides, params) {
    const rest = found.pairs.filter((pair) => candidate(pair) && !near(pair, sides));
    return rest.length ? h("details", {}, h("summary", {}, `${rest.length} more candidates, too unsure to be called matches`), rest.map((pair) => match(pair, sides, params))) : null;
  }

  function shown(found, sides, params, facts, sentences) {
    const among = found.pairs.filter((pair) => near(pair, sides));
    const redlined = sides.left.text !== null && params.words !== "apart";
    return {
      title: `${sides.left.instrument.short_title} and ${sides.right.instrument.short_title}`,
      lead: "Which provision answers which, and what stands alone. The score says how sure the match is; the relation comes from strength and conditions, not from likeness. " + explorer.unproven("relations", "relations of substance"),
      status: `${found.pairs.filter((pair) => !candidate(pair)).length} matches${params.relation || params.topic || params.family ? " of this kind" : ""}${among.length ? `, ${among.length} candidates on the same topic` : ""}`,
      nodes: [h("ul", { class: "summary" }, sentences.map((words) => h("li", {}, words))), facts, byTopic(sides, params),
        redlined && h("p", { class: "aside" }, h("del", {}, "Struck out"), ": only the left says it. ", h("ins", {}, "Underlined"), ": only the right. Where fewer than a quarter of the words are common to both, the two stand side by side."),
        h("section", { class: "matches", "aria-label": "Matches" }, h("h2", { class: "hush" }, "Matches"), found.pairs.filter((pair) => among.includes(pair) || (!candidate(pair) && (params.topic === "definitions" || !defines(pair, sides)))).map((pair) => match(pair, sides, params)), folded(found, sides, params), unsure(found, sides, params)),
        h("div", { class: "two" }, alone(sides.left, found.onlyLeft, "left"), alone(sides.right, found.onlyRight, "right"))],
      sheets: [sheet(found, sides)], actions: [explorer.pin("pairs", `${sides.left.id}@${sides.right.id}`, `${sides.left.instrument.short_title} and ${sides.right.instrument.short_title}`)],
    };
  }

  view("compare", { name: "Compare two", controls, results });
  Object.assign(explorer, { fact, matched, relation: told });
})();
