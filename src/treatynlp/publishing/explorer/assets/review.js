"use strict";
/* Review on the screen: the labels most worth a look, the values of an instrument, or all of one provision; accepted,
   rejected or added with a reason, and taken away as the file that `treatynlp run` reads. */
(() => {
  const { h, address, view, choice, load, who, marked } = explorer;
  const SHOWN = 25;

  const today = () => new Date().toISOString().slice(0, 10);
  const stored = { get: () => { try { return localStorage.getItem("reviewer") ?? ""; } catch { return ""; } }, set: (name) => { try { localStorage.setItem("reviewer", name); } catch { /* asked again */ } } };
  const field = (label, props) => h("label", { class: "field" }, h("span", {}, label), h("input", { type: "text", autocomplete: "off", ...props }));

  /* ---- one label or value, or a place for one more: an item has a topic, or a value, or `adds` what is chosen ---- */
  const about = (item) => ({ instrument: item.treaty.id, eid: item.provision.eid, ...(item.value ? told(item.value) : { topic: item.topic?.name ?? "" }) });
  const told = ({ attribute, value, unit, case: which }) => ({ attribute, value, unit: unit ?? "", case: which ?? "" });

  const SAID = { accept: "Accepted", reject: "Rejected", add: "Added" };
  const line = (done, redraw, what = "") => h("p", { class: "done" }, `${SAID[done.decision]}${what} by ${done.reviewer}, ${done.date}: ${done.reason} `,
    h("button", { type: "button", class: "quiet", on: { click: () => { explorer.decisions.undo(done); redraw(); } } }, "Undo"));

  function decided(item, redraw) {
    const done = explorer.decisions.on(about(item));
    return done ? line(done, redraw) : null;
  }

  /* What was added to a provision so far: of a topic or a value that it had not, no card tells. */
  function added(item, redraw) {
    const own = explorer.decisions.all().filter((one) => one.instrument === item.treaty.id && one.eid === item.provision.eid && one.decision === "add" && Boolean(one.topic) === (item.adds === "topic"));
    return own.map((one) => line(one, redraw, `: ${one.topic ? explorer.title(one.topic) : [explorer.attribute(one.attribute), one.value.replaceAll("_", " "), one.unit, one.case.replaceAll("_", " ")].filter(Boolean).join(" ")},`));
  }

  const chosen = (box, name) => box.querySelector(`[name=${name}]`)?.value.trim() ?? "";

  /* What a place for one more asks: a topic; or an attribute, and what the codebook allows it to be set to. */
  const asks = { topic: () => choice("topic-added", "Topic", [["", "Choose…"], ...explorer.corpus().topics.map((one) => [one.name, one.title])]), value: values };

  function values() {
    const known = explorer.corpus().values;
    const more = h("span", { class: "more-of" });
    const which = choice("attribute", "Value", [["", "Choose…"], ...Object.keys(known).map((name) => [name, explorer.attribute(name)])]);
    const list = (name, label, all) => (all.length ? choice(name, label, all.map((one) => [one, one.replaceAll("_", " ")])) : null);
    which.querySelector("select").addEventListener("change", (event) => {
      const [value, units, cases] = known[event.target.value] ?? [[], [], []];
      more.replaceChildren(...[Array.isArray(value) ? list("value", "Set to", value) : field("Number", { name: "value", inputmode: "decimal", pattern: "[0-9]+([.][0-9]+)?" }), list("unit", "Unit", units), cases.length ? list("case", "Case", ["", ...cases]) : null].filter(Boolean));
    });
    return [which, more];
  }

  /* What is decided on, as far as it was said; and what is still to be said of it. */
  function subject(item, box) {
    if (!item.adds) return [about(item), ""];
    if (item.adds === "topic") { const topic = chosen(box, "topic-added"); return [{ ...about(item), topic }, topic ? "" : "which topic"]; }
    const value = Object.fromEntries(["attribute", "value", "unit", "case"].map((name) => [name, chosen(box, name)]));
    const wrong = box.querySelector("[name=value]")?.validity?.valid === false;
    return [{ ...about(item), ...value }, value.attribute && value.value && !wrong ? "" : wrong ? "a number in digits" : "which value"];
  }

  function form(item, redraw) {
    const says = h("p", { class: "facts", role: "status" });
    const act = (decision) => (event) => {
      const box = event.target.closest(".decide");
      const reviewer = document.querySelector("#x-reviewer")?.value.trim() ?? "";
      const [on, lacking] = subject(item, box);
      const reason = chosen(box, "reason");
      if (!reviewer || !reason || lacking) { says.textContent = `Say first: ${[!reviewer && "who you are (above)", lacking, !reason && "why"].filter(Boolean).join(", ")}.`; return; }
      explorer.decisions.decide({ ...on, text_hash: item.hash, decision, reviewer, date: today(), reason });
      redraw();
    };
    const button = (said, decision) => h("button", { type: "button", "data-decision": decision, on: { click: act(decision) } }, said);
    const buttons = item.adds ? [button("Add", "add")] : item.given ? [button("Accept", "accept"), button("Reject", "reject")] : [button("Add", "add"), button("Reject", "reject")];
    return h("div", { class: "decide" }, item.adds ? asks[item.adds]() : null, field("Reason", { name: "reason" }), h("p", { class: "actions" }, buttons), says);
  }

  const by = (item) => (item.decider === "human" ? "People say yes. " : item.given ? ["The machine says yes: ", who(item.decider, item.score)] : ["The machine would not say: ", who(item.decider, item.score)]);

  function question(item) {
    if (item.adds) return item.adds === "topic" ? "Is it about something else?" : "Does it set another value?";
    if (item.topic) return ["Is it about ", explorer.topicLink(item.topic), "? ", by(item)];
    return ["Does it set ", h("strong", {}, `${explorer.attribute(item.value.attribute)}: ${item.value.shown.replaceAll("_", " ")}`), "? ", item.decider === "human" ? by(item) : "A pattern says yes."];
  }

  function card(item, redraw) {
    const { treaty, provision } = item;
    const spans = item.value ? [[item.value.start, item.value.end]] : treaty.labels.filter((one) => one.provision === provision && one.topic === item.topic && one.start !== null).map((one) => [one.start, one.end]);
    const title = `${treaty.instrument.short_title}, ${provision.citation}`;
    return h("article", { class: "ground review-card", "data-eid": provision.eid, "data-topic": item.topic?.name, "data-attribute": item.value?.attribute, "data-adds": item.adds },
      h("h2", {}, h("a", { href: address("treaty", { id: treaty.id, at: provision.eid }) }, title), provision.article.heading && h("span", { class: "heading" }, provision.article.heading)),
      h("p", {}, question(item)),
      /* The words are quoted once where several questions are asked of one provision. */
      treaty.text !== null && !item.adds && h("blockquote", { lang: "en" }, explorer.paragraphs(marked(treaty.text, provision.body, Math.min(provision.end, provision.body + 1500), spans))),
      item.adds ? [added(item, redraw), form(item, redraw)] : decided(item, redraw) ?? form(item, redraw));
  }

  /* ---- what is shown ---- */
  const decider = (treaty, provision, topic) => treaty.labels.find((one) => one.provision === provision && one.topic === topic)?.decider ?? "model";

  async function doubts(one) {
    const [treaty, found] = await Promise.all([explorer.treaty(one.id), load(`review/${one.id}`)]);
    const corpus = explorer.corpus();
    return found.doubts.map(([at, topic, worth, score, given]) => ({ treaty, provision: treaty.provisions[at], topic: corpus.topics[topic], worth, score, given: given === 1, hash: found.hashes[at], decider: decider(treaty, treaty.provisions[at], corpus.topics[topic]) }));
  }

  /* The values read in an instrument, or in one provision and what it holds; each once, whatever its topics. */
  function valuesOf(treaty, hashes, within = null) {
    const all = treaty.parameters.filter((one) => one.provision && (!within || explorer.inside(within, one.provision)));
    const once = new Map(all.map((one) => [JSON.stringify([one.provision.eid, told(one)]), one]));
    return [...once.values()].map((value) => ({ treaty, provision: value.provision, value, given: true, hash: hashes[value.provision.n], decider: value.decider }));
  }

  /* All labels and values of one provision, and places for one more of each. */
  async function ofProvision(one, eid) {
    const [treaty, found] = await Promise.all([explorer.treaty(one.id), load(`review/${one.id}`)]);
    const provision = treaty.byEid.get(eid);
    if (!provision) return [];
    const labels = new Map(treaty.labels.filter((label) => label.provision === provision).map((label) => [label.topic, label]));
    const item = (topic, label) => ({ treaty, provision, topic, worth: 0, score: label.score, given: label.committed, hash: found.hashes[provision.n], decider: label.decider });
    const adding = (adds) => ({ treaty, provision, adds, hash: found.hashes[provision.n] });
    return [...[...labels].map(([topic, label]) => item(topic, label)), ...valuesOf(treaty, found.hashes, provision), adding("topic"), adding("value")];
  }

  async function allValues(one) {
    const [treaty, found] = await Promise.all([explorer.treaty(one.id), load(`review/${one.id}`)]);
    return valuesOf(treaty, found.hashes);
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
      choice("what", "Of", [["", "Labels"], ["values", "Values"]]), choice("most", "Show", [["", "25"], ["200", "200"]])];
  }

  const GUIDE = "Put the files into the folder overrides/ of your corpus and run again: the decisions stand in every later release, and go stale, visibly, when the words change.";

  async function results(params, said = "") {
    const corpus = explorer.corpus();
    const one = corpus.instrument.get(params.id);
    const redraw = (words = "") => { results(here(), words).then((found) => explorer.show(found)); };
    const here = () => explorer.here().params;
    const all = one && one.status === "coded" ? (params.at ? await ofProvision(one, params.at) : params.what === "values" ? await allValues(one) : await doubts(one)) : [];
    const kept = all.filter((item) => !params.family || !item.topic || item.topic.family === params.family).slice(0, params.at ? all.length : Number(params.most) || SHOWN);
    const top = desk(redraw);
    top.told.textContent = said;
    const count = explorer.decisions.all().length;
    return { title: "Review", lead: ["Accept, reject or add labels and values, each with a reason. ", GUIDE], status: one ? `${kept.filter((item) => !item.adds).length} ${params.at ? "labels and values" : params.what === "values" ? "values, in the order of the text" : "labels, those most worth a look first"}; ${count} decisions so far` : `${count} decisions so far. Choose an instrument.`,
      nodes: [top.node, params.at && h("p", { class: "aside" }, h("a", { href: address("review", { id: params.id }) }, "All that is worth a look in this instrument")), one && !kept.length ? h("p", { class: "empty" }, "Nothing of this instrument is in doubt: people decided it, or nothing was found.") : null, kept.map((item) => card(item, redraw))],
      sheets: explorer.decisions.sheets() };
  }

  view("review", { name: "Review", controls, results });
})();
