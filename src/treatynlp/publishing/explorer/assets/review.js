"use strict";
/* Review on the screen: the labels most worth a look, or all of one provision; accepted, rejected or added with a reason,
   and taken away as the file that `treatynlp run` reads. */
(() => {
  const { h, address, view, choice, load, who, marked } = explorer;
  const SHOWN = 25;

  const today = () => new Date().toISOString().slice(0, 10);
  const stored = { get: () => { try { return localStorage.getItem("reviewer") ?? ""; } catch { return ""; } }, set: (name) => { try { localStorage.setItem("reviewer", name); } catch { /* asked again */ } } };
  const field = (label, props) => h("label", { class: "field" }, h("span", {}, label), h("input", { type: "text", autocomplete: "off", ...props }));

  /* ---- one label, or a place for one more ---- */
  function decided(item, redraw) {
    const done = explorer.decisions.all().find((one) => one.instrument === item.treaty.id && one.eid === item.provision.eid && one.topic === item.topic?.name);
    if (!done) return null;
    return h("p", { class: "done" }, `${{ accept: "Accepted", reject: "Rejected", add: "Added" }[done.decision]} by ${done.reviewer}, ${done.date}: ${done.reason} `,
      h("button", { type: "button", class: "quiet", on: { click: () => { explorer.decisions.undo(done); redraw(); } } }, "Undo"));
  }

  function form(item, redraw) {
    const reason = field("Reason", { name: "reason" });
    const topic = item.topic ? null : choice("topic-added", "Topic", [["", "Choose…"], ...explorer.corpus().topics.map((one) => [one.name, one.title])]);
    const told = h("p", { class: "facts", role: "status" });
    const act = (decision) => () => {
      const reviewer = document.querySelector("#x-reviewer")?.value.trim() ?? "";
      const name = item.topic?.name ?? topic.querySelector("select").value;
      const why = reason.querySelector("input").value.trim();
      if (!reviewer || !why || !name) { told.textContent = `Say first: ${[!reviewer && "who you are (above)", !name && "which topic", !why && "why"].filter(Boolean).join(", ")}.`; return; }
      explorer.decisions.decide({ instrument: item.treaty.id, eid: item.provision.eid, text_hash: item.hash, decision, topic: name, reviewer, date: today(), reason: why });
      redraw();
    };
    const button = (said, decision) => h("button", { type: "button", "data-decision": decision, on: { click: act(decision) } }, said);
    const buttons = !item.topic ? [button("Add", "add")] : item.given ? [button("Accept", "accept"), button("Reject", "reject")] : [button("Add", "add"), button("Reject", "reject")];
    return h("div", { class: "decide" }, topic, reason, h("p", { class: "actions" }, buttons), told);
  }

  function card(item, redraw) {
    const { treaty, provision } = item;
    const spans = treaty.labels.filter((one) => one.provision === provision && one.topic === item.topic && one.start !== null).map((one) => [one.start, one.end]);
    const title = `${treaty.instrument.short_title}, ${provision.citation}`;
    return h("article", { class: "ground review-card", "data-eid": provision.eid, "data-topic": item.topic?.name },
      h("h2", {}, h("a", { href: address("treaty", { id: treaty.id, at: provision.eid }) }, title), provision.article.heading && h("span", { class: "heading" }, provision.article.heading)),
      item.topic ? h("p", {}, "Is it about ", explorer.topicLink(item.topic), "? ", item.given ? "The machine says yes: " : "The machine would not say: ", who(item.decider, item.score)) : h("p", {}, "Is it about something else?"),
      treaty.text !== null && h("blockquote", { lang: "en" }, explorer.paragraphs(marked(treaty.text, provision.body, Math.min(provision.end, provision.body + 1500), spans))),
      decided(item, redraw) ?? form(item, redraw));
  }

  /* ---- what is shown ---- */
  const decider = (treaty, provision, topic) => treaty.labels.find((one) => one.provision === provision && one.topic === topic)?.decider ?? "model";

  async function doubts(one) {
    const [treaty, found] = await Promise.all([explorer.treaty(one.id), load(`review/${one.id}`)]);
    const corpus = explorer.corpus();
    return found.doubts.map(([at, topic, worth, score, given]) => ({ treaty, provision: treaty.provisions[at], topic: corpus.topics[topic], worth, score, given: given === 1, hash: found.hashes[at], decider: decider(treaty, treaty.provisions[at], corpus.topics[topic]) }));
  }

  /* All labels of one provision, and a place for one more. */
  async function ofProvision(one, eid) {
    const [treaty, found] = await Promise.all([explorer.treaty(one.id), load(`review/${one.id}`)]);
    const provision = treaty.byEid.get(eid);
    if (!provision) return [];
    const labels = new Map(treaty.labels.filter((label) => label.provision === provision).map((label) => [label.topic, label]));
    const item = (topic, label) => ({ treaty, provision, topic, worth: 0, score: label?.score, given: label?.committed, hash: found.hashes[provision.n], decider: label?.decider });
    return [...[...labels].map(([topic, label]) => item(topic, label)), item(null, null)];
  }

  function desk(redraw) {
    const told = h("p", { class: "facts", role: "status" });
    const file = h("input", { type: "file", accept: ".csv,text/csv", multiple: true, on: { change: async (event) => {
      const counts = await Promise.all([...event.target.files].map(async (one) => explorer.decisions.take(one.name, await one.text())));
      const [good, bad] = counts.reduce(([a, b], [c, d]) => [a + c, b + d], [0, 0]);
      redraw(`${good} decisions taken${bad ? `; ${bad} rows name no instrument or topic of this release, or lack a column` : ""}.`);
    } } });
    const name = field("Who decides", { id: "x-reviewer", value: stored.get(), on: { change: (event) => stored.set(event.target.value.trim()) } });
    return { node: h("div", { class: "desk" }, name, h("label", { class: "field" }, h("span", {}, "Go on with decisions from files (named after their instrument)"), file), told), told };
  }

  function controls() {
    const corpus = explorer.corpus();
    const read = corpus.instruments.filter((one) => one.status === "coded").sort(explorer.byDate);
    return [choice("id", "Instrument", [["", "Choose…"], ...read.map((one) => [one.id, one.short_title])]), choice("family", "Family", [["", "Any"], ...corpus.families.map((one) => [one.name, one.title])]),
      choice("most", "Show", [["", "25"], ["200", "200"]])];
  }

  const GUIDE = "Put the files into the folder overrides/ of your corpus and run again: the decisions stand in every later release, and go stale, visibly, when the words change.";

  async function results(params, said = "") {
    const corpus = explorer.corpus();
    const one = corpus.instrument.get(params.id);
    const redraw = (words = "") => { results(here(), words).then((found) => explorer.show(found)); };
    const here = () => explorer.here().params;
    const all = one && one.status === "coded" ? (params.at ? await ofProvision(one, params.at) : await doubts(one)) : [];
    const kept = all.filter((item) => !params.family || !item.topic || item.topic.family === params.family).slice(0, params.at ? all.length : Number(params.most) || SHOWN);
    const top = desk(redraw);
    top.told.textContent = said;
    const count = explorer.decisions.all().length;
    return { title: "Review", lead: ["Accept, reject or add labels, each with a reason. ", GUIDE], status: one ? `${kept.length} labels, those most worth a look first; ${count} decisions so far` : `${count} decisions so far. Choose an instrument.`,
      nodes: [top.node, params.at && h("p", { class: "aside" }, h("a", { href: address("review", { id: params.id }) }, "All that is worth a look in this instrument")), one && !kept.length ? h("p", { class: "empty" }, "Nothing of this instrument is in doubt: people decided it, or nothing was found.") : null, kept.map((item) => card(item, redraw))],
      sheets: explorer.decisions.sheets() };
  }

  view("review", { name: "Review", controls, results });
})();
