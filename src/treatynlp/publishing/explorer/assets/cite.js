"use strict";
/* Citations of provisions, cells and the release: to copy, or for reference managers, as publishing/citations.py writes
   them. A citation is { id, title, body, date, provision, url, note }. */
(() => {
  const { h, save } = explorer;

  const released = () => `found by treatynlp, release ${explorer.corpus().release.hash.slice(0, 12)}`;
  const key = (one) => [one.id, ...(one.provision.toLowerCase().match(/[a-z0-9]+/g) ?? [])].join("-");
  const whole = (one) => (one.provision ? `${one.title}, ${one.provision}` : one.title);
  const tex = (words) => words.replace(/[\\{}%&#_$]/g, (sign) => (sign === "\\" ? "\\textbackslash " : `\\${sign}`));

  function bibtex(one) {
    const fields = [["title", whole(one)], ["author", `{${one.body}}`], ["date", one.date], ["url", one.url], ["note", one.note]];
    const line = ([name, value]) => `  ${name} = {${name === "author" ? value : tex(value)}},`;
    return [`@misc{${key(one)},`, ...fields.filter(([, value]) => value).map(line), "}", ""].join("\n");
  }

  function ris(one) {
    const rows = [["TY", "LEGAL"], ["ID", key(one)], ["TI", whole(one)], ["AU", one.body], ["PY", one.date.slice(0, 4)], ["UR", one.url], ["N1", one.note], ["ER", ""]];
    return rows.filter(([tag, value]) => value || tag === "ER").map(([tag, value]) => `${tag}  - ${value.split(/\s+/).filter(Boolean).join(" ")}\r\n`).join("");
  }

  const csl = (one) => ({ id: key(one), type: "treaty", title: one.title, section: one.provision, URL: one.url, authority: one.body,
    issued: { "date-parts": [one.date.split("-").filter((part) => /^\d+$/.test(part)).map(Number)] }, note: one.note });

  const FORMS = {
    BibTeX: [".bib", "application/x-bibtex", (all) => all.map(bibtex).join("\n")],
    RIS: [".ris", "application/x-research-info-systems", (all) => all.map(ris).join("\n")],
    "CSL-JSON": [".json", "application/json", (all) => `${JSON.stringify(all.map(csl), null, 2)}\n`],
  };

  /* A provision of an instrument, a cell of the matrix, the release itself. */
  const ofInstrument = (one, provision, page, note) => ({ id: one.id, title: one.title, body: one.body, date: one.made ?? "", provision, url: explorer.paged(one.source, page) || one.url, note });
  const ofProvision = (one, provision) => ofInstrument(one, provision.citation, provision.page, released());
  const ofCell = (topic, one, cell) => ofInstrument(one, cell.articles ?? "", cell.page, `${topic.title}: ${explorer.state(cell.state).word}; ${released()}`);
  function ofRelease() {
    const { hash, treatynlp } = explorer.corpus().release;
    const number = hash.slice(0, 12);
    return { id: `treatynlp-${number}`, title: `Treaties compared: release ${number}`, body: "treatynlp", date: "", provision: "", url: "", note: `treatynlp ${treatynlp}; release ${hash}` };
  }

  const plain = (one) => [whole(one), one.date.slice(0, 4), one.url, `(${one.note})`].filter(Boolean).join(", ").replace(", (", " (");

  async function copy(words, button) {
    try { await navigator.clipboard.writeText(words); } catch {
      const field = h("textarea", { class: "hush", "aria-hidden": "true" }, words);
      document.body.append(field);
      field.select();
      document.execCommand("copy");
      field.remove();
    }
    button.textContent = "Copied";
  }

  /* Buttons for some citations: to copy them, and the file of each form. */
  const buttons = (all, name) => [
    h("button", { type: "button", class: "quiet", "data-copy": name, on: { click: (event) => copy(all.map(plain).join("\n"), event.currentTarget) } }, all.length === 1 ? "Copy" : "Copy citations"),
    ...Object.entries(FORMS).map(([form, [ending, type, make]]) => h("button", { type: "button", class: "quiet", "data-cite": form, on: { click: () => save(`${name}${ending}`, type, make(all)) } }, form)),
  ];

  /* “Cite”, which opens into the citation and its forms. */
  const cite = (one, said = "Cite") => h("details", { class: "cite-box" }, h("summary", {}, said), h("p", { class: "cite" }, plain(one)), h("p", { class: "actions" }, buttons([one], key(one))));

  Object.assign(explorer, { cite, copy, citeButtons: buttons, ofProvision, ofCell, ofRelease });
})();
