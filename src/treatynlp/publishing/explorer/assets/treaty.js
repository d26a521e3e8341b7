"use strict";
/* One instrument to read: outline, articles with what they are about, defined terms, cross-references as links. */
(() => {
  const { h, address, view, choice, table, scroll, strength, outside, STRUCTURE } = explorer;
  const OUTSIDE = -2;
  const SELF = -1;
  const TITLED = new Set([...STRUCTURE, "annex", "preamble", "article"]);
  const CALLED = { front: "Title page", preamble: "Preamble", signature: "Final formula", note: "Footnotes", final: "Final part", annex: "Annex" };

  /* ---- without an instrument chosen: all of them ---- */
  function list(params) {
    const all = [...explorer.corpus().instruments].sort(params.order === "name" ? (a, b) => a.short_title.localeCompare(b.short_title, "en") : explorer.byDate);
    const columns = [["Instrument", ""], ["Body", ""], ["Kind", ""], ["Binding", ""], ["Made", "num"], ["In force", "num"], ["Articles", "num"], ["Text", ""]];
    const found = { coded: "read and coded", split: "read, not coded", not_assessed: "not to hand" };
    const link = (one) => [h("a", { href: address("treaty", { id: one.id }) }, one.short_title), h("span", { class: "long-title" }, one.title)];
    return {
      title: "Treaties", lead: "Every instrument of the registry. Open one to read it with its outline, topics and definitions.",
      status: `${all.length} instruments, ${all.filter((one) => one.status !== "not_assessed").length} of them read`,
      nodes: [scroll("Instruments", table("Instruments", columns, all.map((one) => [link(one), one.body, explorer.title(one.kind), one.binding ? "yes" : "no", one.made, one.dates.in_force ?? "",
        one.articles === null ? "" : String(one.articles), found[one.status]])))],
      sheets: [{ label: "Table (CSV)", name: "instruments", columns: ["id", "short_title", "title", "citation", "body", "kind", "binding", "made", "in_force", "articles", "status"],
        rows: all.map((one) => [one.id, one.short_title, one.title, one.citation || null, one.body, one.kind, one.binding, one.made || null, one.dates.in_force ?? null, one.articles, one.status]) }],
    };
  }

  /* ---- words with references, defined terms and evidence in them ---- */
  const WORD = /[\p{L}\p{N}]/u;

  /* Finds the defined terms: one pattern of all, the longest first. */
  function terms(treaty) {
    const by = new Map();
    for (const one of treaty.definitions) by.set(one.term.toLowerCase(), [...(by.get(one.term.toLowerCase()) ?? []), one]);
    const proper = new Set(treaty.text === null ? [] : treaty.definitions.map((one) => one.term).filter((term) => named(treaty.text, term)));
    const names = [...by.keys()].filter((name) => name.length > 2).sort((one, other) => other.length - one.length);
    if (!names.length) return { by, proper, pattern: null };
    const escaped = names.map((name) => name.replace(/[.*+?^${}()|[\]\\\/]/g, "\\$&").replace(/\s+/g, "\\s+"));
    return { by, proper, pattern: new RegExp(escaped.join("|"), "gi") };
  }

  /* Whether a term is a name, written large within sentences: "the Commission" is not the commission of an offence. */
  const named = (text, term) => /^\p{Lu}/u.test(term) && ["the ", "a ", "of ", "by ", ", "].some((before) => text.includes(before + term));

  function defined(treaty, found, one, seen) {
    if (!found.pattern) return [];
    const spans = [];
    for (const match of treaty.text.slice(one.start, one.end).matchAll(found.pattern)) {
      const [start, end] = [one.start + match.index, one.start + match.index + match[0].length];
      if (WORD.test(treaty.text[start - 1] ?? "") || !/^(?:s\b|(?![\p{L}\p{N}]))/u.test(treaty.text.slice(end, end + 2))) continue;
      const meant = (found.by.get(match[0].toLowerCase().replace(/\s+/g, " ")) ?? []).find((each) => each.provision && (!each.scope || explorer.inside(each.scope, one)));
      if (meant && found.proper.has(meant.term) && match[0][0] !== meant.term[0]) continue;
      if (!meant || explorer.inside(meant.provision, one) || seen.has(meant)) continue;
      seen.add(meant);
      spans.push({ start, end, make: (words) => term(treaty, meant, words) });
    }
    return spans;
  }

  const term = (treaty, meant, words) => h("a", { class: "term", href: address("treaty", { id: treaty.id, at: meant.provision.eid }), on: TIP(meant, treaty) }, words);

  /* The meaning of a term, shown while it is pointed at or has the focus; Escape puts it away. */
  const TIP = (meant, treaty) => ({
    mouseenter: (event) => tip(event.currentTarget, meant, treaty), focus: (event) => tip(event.currentTarget, meant, treaty),
    mouseleave: () => untip(), blur: () => untip(), keydown: (event) => { if (event.key === "Escape") untip(); },
  });

  function tip(link, meant, treaty) {
    untip();
    const box = h("div", { id: "x-tip", role: "tooltip", class: "tip" }, h("strong", {}, meant.term), ` (${meant.provision.citation}): `, treaty.words(meant.start, meant.end));
    document.body.append(box);
    const at = link.getBoundingClientRect();
    box.style.left = `${Math.max(8, Math.min(at.left, window.innerWidth - box.offsetWidth - 8)) + window.scrollX}px`;
    box.style.top = `${(at.bottom + box.offsetHeight + 8 < window.innerHeight ? at.bottom + 4 : Math.max(0, at.top - box.offsetHeight - 4)) + window.scrollY}px`;
    link.setAttribute("aria-describedby", "x-tip");
  }

  function untip() {
    document.querySelector('[aria-describedby="x-tip"]')?.removeAttribute("aria-describedby");
    document.getElementById("x-tip")?.remove();
  }

  function pointers(treaty) {
    const spans = new Map();
    for (const one of treaty.references) if (one.end > one.start) spans.set(`${one.start} ${one.end}`, [...(spans.get(`${one.start} ${one.end}`) ?? []), one]);
    return [...spans.values()].map((group) => ({ start: group[0].start, end: group[0].end, make: (words) => pointer(treaty, group, words) }))
      .sort((one, other) => one.start - other.start);
  }

  function pointer(treaty, group, words) {
    const [one] = group;
    if (one.into === OUTSIDE) return h("span", { class: "elsewhere", title: "An instrument that is not in this corpus" }, words);
    if (one.into === SELF && !treaty.provisions[one.target]) return h("span", { class: "elsewhere", title: "Not found in this instrument" }, words);
    const into = one.into === SELF ? treaty.instrument : explorer.corpus().instruments[one.into];
    const eid = one.into === SELF ? treaty.provisions[one.target].eid : one.target;
    const named = group.map((each) => (each.into === SELF ? treaty.provisions[each.target]?.citation : "")).filter(Boolean).join(", ");
    return h("a", { class: "ref", href: address("treaty", { id: into.id, at: eid }), title: [into === treaty.instrument ? "" : into.short_title, named].filter(Boolean).join(": ") }, words);
  }

  /* Words from start to end with links and marks; of two that meet, the first holds. */
  function annotated(treaty, start, end, links) {
    const shown = [];
    let at = start;
    for (const link of links.filter((one) => one.start >= start && one.end <= end).sort((one, other) => one.start - other.start || other.end - one.end)) {
      if (link.start < at) continue;
      shown.push(treaty.text.slice(at, link.start), link.make(treaty.text.slice(link.start, link.end)));
      at = link.end;
    }
    return explorer.paragraphs([...shown, treaty.text.slice(at, end)]);
  }

  /* ---- provisions ---- */
  function draw(treaty, params) {
    const labels = new Map();
    for (const one of treaty.labels) if (one.committed) labels.set(one.provision, [...(labels.get(one.provision) ?? []), one]);
    const marks = treaty.labels.filter((one) => one.topic.name === params.topic && one.start !== null)
      .map((one) => ({ start: one.start, end: one.end, make: (words) => h("mark", {}, words) }));
    const job = { treaty, labels, marks, params, links: treaty.text === null ? [] : pointers(treaty), terms: terms(treaty), seen: new Set() };
    return treaty.provisions.filter((one) => !one.parent).map((one) => provision(job, one, 2));
  }

  function provision(job, one, level) {
    if (one.article === one) job.seen = new Set();
    const block = TITLED.has(one.kind) || !one.parent;
    const inside = [block && heading(job, one, level), tags(job, one), ...content(job, one, Math.min(6, block ? level + 1 : level))];
    return h(block ? "section" : "div", { id: one.eid, class: `p k-${one.kind}` }, inside);
  }

  function heading(job, one, level) {
    const words = [one.number, one.heading].filter(Boolean);
    const said = words.length ? [one.number && h("span", { class: "number" }, one.number), one.number && one.heading ? " " : "", one.heading] : [CALLED[one.kind] ?? one.citation];
    return h(`h${level}`, { class: "phead" }, said, " ", anchor(job, one));
  }

  const anchor = (job, one) => h("span", { class: "tools" }, h("a", { class: "anchor", href: address("treaty", { ...job.params, at: one.eid }), "aria-label": `Link to ${one.citation}`, title: one.citation }, "#"),
    one.page ? [" ", page(job.treaty.instrument, one)] : null);

  const page = (instrument, one) => (instrument.source?.paged ? outside(explorer.paged(instrument.source, one.page), `p. ${one.page}`, { class: "page", "aria-label": `${one.citation}, page ${one.page} of the source` }) : null);

  function tags(job, one) {
    const labels = job.params.labels === "off" ? [] : job.labels.get(one) ?? [];
    if (!labels.length) return null;
    const topics = [...new Map(labels.map((label) => [label.topic, label])).values()];
    return h("p", { class: "tags" }, topics.map((label) => [explorer.topicLink(label.topic, { at: job.treaty.id }), " ", explorer.who(label.decider, label.score), " "]), one.kind !== "article" || !one.children.length ? strength(one.strength) : null);
  }

  function content(job, one, level) {
    if (job.treaty.text === null) return [bareLine(job, one), ...one.children.map((child) => provision(job, child, level))];
    const shown = [];
    let at = TITLED.has(one.kind) || one.heading ? one.body : one.start;
    for (const child of one.children) {
      shown.push(words(job, one, at, child.start), provision(job, child, level));
      at = child.end;
    }
    return [...shown, words(job, one, at, one.end)];
  }

  const bareLine = (job, one) => (TITLED.has(one.kind) ? null : h("p", { class: "facts" }, one.citation, " ", anchor(job, one)));

  function words(job, one, start, end) {
    const { treaty } = job;
    while (start < end && /\s/.test(treaty.text[start])) start += 1;
    while (end > start && /\s/.test(treaty.text[end - 1])) end -= 1;
    if (start >= end) return null;
    const own = { start, end, parent: one };
    const links = [...job.marks, ...job.links, ...defined(treaty, job.terms, own, job.seen)];
    return h("p", { lang: "en" }, annotated(treaty, start, end, links));
  }

  /* ---- outline and facts ---- */
  function outline(treaty, params) {
    const item = (one) => {
      const below = one.children.filter((child) => TITLED.has(child.kind));
      const words = [one.number, one.heading].filter(Boolean).join(" ") || (CALLED[one.kind] ?? one.citation);
      return h("li", {}, h("a", { href: address("treaty", { ...params, at: one.eid }), "data-eid": one.eid }, words), below.length ? h("ol", {}, below.map(item)) : null);
    };
    return h("details", { class: "outline", open: window.innerWidth > 900 }, h("summary", {}, "Outline"),
      h("nav", { "aria-label": "Outline" }, h("ol", {}, treaty.provisions.filter((one) => !one.parent).map(item))));
  }

  const DATES = { adopted: "Adopted", opened: "Opened for signature", signed: "Signed", published: "Published", in_force: "In force", applies: "Applies from" };

  function facts(one) {
    const parent = explorer.corpus().instrument.get(one.parent);
    const rows = [["Body", one.body], ["Kind", `${explorer.title(one.kind)}${one.binding ? "" : ", not binding"}`], ["Citation", one.citation],
      ...Object.entries(DATES).map(([name, said]) => [said, one.dates[name]]), ["Supplements", parent && h("a", { href: address("treaty", { id: parent.id }) }, parent.short_title)],
      ["Read from", one.source && (explorer.corpus().origins[one.source.origin] ?? one.source.origin)],
      ["Source", one.source ? outside(one.source.url, one.source.url) : one.url && outside(one.url, one.url)]];
    return h("dl", { class: "facts card" }, rows.filter(([, value]) => value).map(([name, value]) => explorer.fact(name, value)));
  }

  const COLUMNS = ["instrument", "eid", "citation", "kind", "number", "heading", "page", "url", "strength", "topics", "text"];

  function sheet(treaty) {
    const topics = (one) => [...new Set(treaty.labels.filter((label) => label.committed && label.provision === one).map((label) => label.topic.name))].join(" ");
    return { label: "Provisions (CSV)", name: `treaty_${treaty.id}`, columns: COLUMNS,
      rows: treaty.provisions.map((one) => [treaty.id, one.eid, one.citation, one.kind, one.number, one.heading, one.page || null,
        explorer.paged(treaty.instrument.source, one.page), one.strength || null, topics(one) || null, treaty.words(one.body, one.end)]) };
  }

  /* ---- the view ---- */
  function controls() {
    const corpus = explorer.corpus();
    return [choice("id", "Instrument", [["", "All"], ...[...corpus.instruments].sort(explorer.byDate).map((one) => [one.id, one.short_title])]),
      choice("labels", "Topics", [["", "shown"], ["off", "hidden"]]),
      choice("topic", "Mark the words of", [["", "no topic"], ...corpus.topics.map((one) => [one.name, one.title])])];
  }

  let drawn = { key: null, nodes: [] };

  async function results(params) {
    const one = explorer.corpus().instrument.get(params.id);
    if (!one) return list(params);
    if (one.status === "not_assessed") return unread(one);
    const treaty = await explorer.treaty(one.id);
    const { at, ...kept } = params;
    const key = address("treaty", kept);
    if (drawn.key !== key) drawn = { key, nodes: [facts(one), h("div", { class: "reader" }, outline(treaty, kept), h("div", { class: "text" }, draw(treaty, kept)))] };
    return { title: one.title, lead: [one.short_title, one.citation].filter((words) => words && words !== one.title).join(" · "), nodes: drawn.nodes,
      status: `${one.articles} articles, ${treaty.provisions.length} provisions`, sheets: [sheet(treaty)], after: () => point(at) };
  }

  /* Shows where the address points. */
  function point(eid) {
    const named = (node) => node.id === eid;
    document.querySelectorAll("#x-results [data-at]").forEach((node) => node.removeAttribute("data-at"));
    document.querySelectorAll('.outline [aria-current="true"]').forEach((node) => node.removeAttribute("aria-current"));
    if (!eid) return;
    [...document.querySelectorAll("#x-results .p")].find(named)?.setAttribute("data-at", "");
    [...document.querySelectorAll(".outline a")].find((node) => node.dataset.eid === eid)?.setAttribute("aria-current", "true");
  }

  const unread = (one) => ({ title: one.title, lead: one.citation, status: "Not assessed", nodes: [facts(one), h("p", { class: "empty" }, "The text of this instrument was not to hand when the release was made: nothing is claimed of it. ",
    h("a", { href: address("log", { tab: "issues", instrument: one.id }) }, "Why"))], sheets: [] });

  view("treaty", { name: "Treaties", controls, results });
})();
