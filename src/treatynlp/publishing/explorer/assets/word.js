"use strict";
/* What is shown as a Word document, without a server: paragraphs, quotations and tables as WordprocessingML (ECMA-376), in
   a zip file whose parts are stored as they are. */
(() => {
  const LEFT_OUT = "button, summary, caption, .cite-box, .tools, .to-review, .hush, .count";
  const NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
  const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
  const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';

  const CONTROL = /[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]/gu;
  const xml = (words) => words.replace(CONTROL, "").replace(/[&<>"]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign]);

  /* ---- words of a part of the page, without what only a screen has; a source with its address ---- */
  function words(node) {
    const copy = node.cloneNode(true);
    copy.querySelectorAll(LEFT_OUT).forEach((one) => one.remove());
    copy.querySelectorAll("br").forEach((one) => one.replaceWith("\n"));
    copy.querySelectorAll("a.out").forEach((one) => one.append(` (${one.getAttribute("href")})`));
    return copy.textContent.split("\n").map((line) => line.split(/\s+/).filter(Boolean).join(" ")).filter(Boolean);
  }

  const run = (line) => `<w:r><w:t xml:space="preserve">${xml(line)}</w:t></w:r>`;
  const paragraph = (line, style = "") => `<w:p>${style ? `<w:pPr><w:pStyle w:val="${style}"/></w:pPr>` : ""}${run(line)}</w:p>`;

  function table(node) {
    const edge = ["top", "left", "bottom", "right", "insideH", "insideV"].map((side) => `<w:${side} w:val="single" w:sz="4" w:color="BBBBBB"/>`).join("");
    const cell = (one) => `<w:tc><w:tcPr><w:tcW w:w="0" w:type="auto"/></w:tcPr>${paragraph(words(one).join("; "))}</w:tc>`;
    const rows = [...node.rows].map((row) => `<w:tr>${[...row.cells].map(cell).join("")}</w:tr>`).join("");
    return `<w:tbl><w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblBorders>${edge}</w:tblBorders></w:tblPr><w:tblGrid>${"<w:gridCol/>".repeat(node.rows[0]?.cells.length ?? 0)}</w:tblGrid>${rows}</w:tbl>${paragraph("")}`;
  }

  const STYLES = { H2: "Heading1", H3: "Heading2", BLOCKQUOTE: "Quote" };
  const WHOLE = "h2, h3, h4, p, li, blockquote, dl > div";

  /* A part of the page as paragraphs and tables, in its order. */
  function blocks(node) {
    if (node.matches(LEFT_OUT)) return "";
    if (node.tagName === "TABLE") return table(node);
    if (node.matches(WHOLE) && !(node.tagName === "LI" && node.querySelector("ul"))) {
      const said = node.tagName === "BLOCKQUOTE" ? words(node) : [words(node).join(" ")].filter(Boolean);
      return said.map((line) => paragraph(line, STYLES[node.closest(".column") && node.tagName === "H2" ? "H3" : node.tagName])).join("");
    }
    return [...node.children].map(blocks).join("");
  }

  /* ---- the file ---- */
  const style = (id, name, size, more = "") => `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${name}"/><w:pPr>${id === "Quote" ? "" : "<w:keepNext/>"}<w:spacing w:before="160" w:after="80"/>${id === "Quote" ? '<w:ind w:left="360"/>' : ""}</w:pPr><w:rPr>${more}<w:sz w:val="${size}"/></w:rPr></w:style>`;
  const styles = `${HEAD}<w:styles xmlns:w="${NAMESPACE}">${style("Title", "Title", 40, "<w:b/>")}${style("Heading1", "heading 1", 30, "<w:b/>")}${style("Heading2", "heading 2", 24, "<w:b/>")}${style("Quote", "Quote", 22, "<w:i/>")}</w:styles>`;
  const related = (rows) => `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${rows.map(([kind, target]) => `<Relationship Id="r${kind}" Type="${OFFICE}/${kind}" Target="${target}"/>`).join("")}</Relationships>`;
  const part = (name, kind) => `<Override PartName="/${name}" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.${kind}+xml"/>`;

  const parts = (body) => [
    ["[Content_Types].xml", `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${part("word/document.xml", "document.main")}${part("word/styles.xml", "styles")}</Types>`],
    ["_rels/.rels", related([["officeDocument", "word/document.xml"]])],
    ["word/_rels/document.xml.rels", related([["styles", "styles.xml"]])],
    ["word/styles.xml", styles],
    ["word/document.xml", `${HEAD}<w:document xmlns:w="${NAMESPACE}"><w:body>${body}</w:body></w:document>`],
  ];

  const CRC = Uint32Array.from({ length: 256 }, (_, n) => { let c = n; for (let k = 0; k < 8; k += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1; return c; });
  const crc = (bytes) => (bytes.reduce((sum, byte) => CRC[(sum ^ byte) & 255] ^ (sum >>> 8), 0xffffffff) ^ 0xffffffff) >>> 0;

  /* Numbers of two and four bytes, the lowest first. */
  const little = (...numbers) => numbers.flatMap(([number, size]) => Array.from({ length: size }, (_, n) => (number >>> (8 * n)) & 255));

  /* A zip file of stored parts (APPNOTE 4.3); the first day a zip file knows stands for all days. */
  function zip(files) {
    const out = [];
    const listed = [];
    let at = 0;
    for (const [name, text] of files) {
      const [called, data] = [name, text].map((one) => new TextEncoder().encode(one));
      const known = little([20, 2], [0x800, 2], [0, 2], [0, 2], [33, 2], [crc(data), 4], [data.length, 4], [data.length, 4], [called.length, 2], [0, 2]);
      listed.push(Uint8Array.from([...little([0x02014b50, 4], [20, 2]), ...known, ...little([0, 2], [0, 2], [0, 2], [0, 4], [at, 4]), ...called]));
      out.push(Uint8Array.from([...little([0x04034b50, 4]), ...known, ...called]), data);
      at += 30 + called.length + data.length;
    }
    const size = listed.reduce((sum, one) => sum + one.length, 0);
    return new Blob([...out, ...listed, Uint8Array.from(little([0x06054b50, 4], [0, 2], [0, 2], [files.length, 2], [files.length, 2], [size, 4], [at, 4], [0, 2]))]);
  }

  /* Saves parts of the page as a document. */
  explorer.saveWord = (name, title, nodes) => explorer.save(name, "application/vnd.openxmlformats-officedocument.wordprocessingml.document", zip(parts(paragraph(title, "Title") + nodes.map(blocks).join(""))));
})();
