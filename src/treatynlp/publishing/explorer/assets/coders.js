"use strict";
/* How far a second coder agrees with the people who coded this release, topic by topic: from a file of theirs, on the page
   about the release. Krippendorff's alpha of two coders over the articles of the instruments that both coded, as
   coding/reliability.py computes it. */
(() => {
  const { h, scroll, table } = explorer;

  /* The articles of an instrument, and other provisions in force that stand outside articles: what people code one by one. */
  const passages = (treaty) => [...new Set(treaty.provisions.filter((one) => one.operative).map((one) => one.article))].filter((one) => !explorer.STRUCTURE.has(one.kind));

  const bare = (label) => label.replace(/^(article|art\.?|section|rule)\s+/i, "").trim();

  /* The passage a row speaks of: by its address, or by its article's number. */
  const place = (row, treaty, all) => (row.eid ? treaty.byEid.get(row.eid)?.article : all.find((one) => bare(one.number || "") === bare(row.article ?? "")));

  /* What people gave in this release, and what the second coder gives: by passage the topics; rows that fit nowhere. */
  function codings(treaty, rows) {
    const all = passages(treaty);
    const [first, second] = [new Map(all.map((one) => [one, new Set()])), new Map(all.map((one) => [one, new Set()]))];
    treaty.labels.filter((one) => one.committed && one.decider === "human").forEach((one) => first.get(one.provision.article)?.add(one.topic.name));
    let lost = 0;
    for (const row of rows) {
      const at = place(row, treaty, all);
      if (!second.has(at) || !explorer.corpus().topic.has(row.topic)) lost += 1;
      else if (row.decision !== "reject") second.get(at).add(row.topic);
    }
    return { first, second, lost, coded: [...first.values()].some((topics) => topics.size) };
  }

  /* Alpha of two who say yes or no to each unit; null where both always say the same one thing. */
  function alpha(pairs) {
    const yes = pairs.flat().filter(Boolean).length;
    const size = 2 * pairs.length;
    const expected = size * size - yes * yes - (size - yes) * (size - yes);
    const differ = 2 * pairs.filter(([one, other]) => one !== other).length;
    return expected ? 1 - ((size - 1) * differ) / expected : null;
  }

  function byTopic(coded) {
    const units = coded.flatMap(({ first, second }) => [...first.keys()].map((one) => [first.get(one), second.get(one)]));
    const found = explorer.corpus().topics.map((topic) => ({ topic, pairs: units.map(([one, other]) => [one.has(topic.name), other.has(topic.name)]) }));
    return found.filter(({ pairs }) => pairs.flat().some(Boolean)).map(({ topic, pairs }) => ({ topic, alpha: alpha(pairs), alike: pairs.filter(([one, other]) => one === other).length, of: pairs.length, gave: [0, 1].map((n) => pairs.filter((pair) => pair[n]).length) }));
  }

  async function read(files) {
    const coded = [];
    const notes = [];
    for (const file of files) {
      const id = file.name.replace(/( \(\d+\))?(\.topics)?\.csv$/, "");
      const one = explorer.corpus().instrument.get(id);
      if (!one || one.status !== "coded") { notes.push(`${file.name} is not named after an instrument of this release.`); continue; }
      const found = codings(await explorer.treaty(id), explorer.decisions.parsed(await file.text()).filter((row) => row.topic));
      if (!found.coded) notes.push(`${one.short_title} was coded by nobody but the machine: there is no first coder to agree with.`);
      else coded.push(found);
      if (found.lost) notes.push(`${found.lost} rows of ${file.name} name no article or topic of this release.`);
    }
    return { coded, notes };
  }

  function told({ coded, notes }) {
    const rows = byTopic(coded);
    const columns = [["Topic", ""], ["α", "num"], ["Alike", "num"], ["First coder gave it", "num"], ["Second coder gave it", "num"]];
    const words = "Agreement of two coders by topic";
    return [notes.map((note) => h("p", { class: "facts" }, note)),
      rows.length ? scroll(words, table(words, columns, rows.map((row) => [row.topic.title, row.alpha === null ? "–" : row.alpha.toFixed(2), `${row.alike} of ${row.of}`, ...row.gave.map(String)]))) : null];
  }

  explorer.coders = () => {
    const shown = h("div", { "aria-live": "polite" });
    const choose = h("input", { type: "file", accept: ".csv,text/csv", multiple: true, on: { change: async (event) => {
      shown.replaceChildren(...told(await read([...event.target.files])).flat(Infinity).filter(Boolean));
    } } });
    return h("div", {}, h("label", { class: "field" }, h("span", {}, "Files of a second coder, named after their instrument: article or eid, and topic"), choose), shown);
  };
})();
