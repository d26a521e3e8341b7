"use strict";
/* What one sets a view with. A control's name is the name of its parameter in the address; an empty value is left out. */
(() => {
  const { h } = explorer;

  const labelled = (said, control) => h("label", { class: "field" }, h("span", {}, said), control);

  const choice = (name, said, options) => labelled(said, h("select", { name }, options.map(([value, words]) => h("option", { value }, words))));
  const field = (name, said, props = {}) => labelled(said, h("input", { type: "search", name, autocomplete: "off", ...props }));
  const years = (name, said) => labelled(said, h("input", { type: "number", name, min: "1800", max: "2999", step: "1", placeholder: "year" }));
  const check = (name, said) => h("label", { class: "check" }, h("input", { type: "checkbox", name, value: "1" }), h("span", {}, said));

  /* Instruments to choose, folded away below what is chosen: a box for each and a button for each field of law; the
     parameter holds their ids with commas between. */
  function chooser(name, instruments) {
    const boxes = instruments.map((one) => h("input", { type: "checkbox", name, value: one.id, "data-list": true }));
    const all = (chosen, words, count = "") => h("button", { type: "button", class: "quiet", on: { click: (event) => {
      boxes.forEach((box, n) => { box.checked = chosen(instruments[n]); });
      event.target.closest("form").dispatchEvent(new Event("change", { bubbles: true }));
    } } }, words, count && ` (${count})`);
    const fields = [...new Set(instruments.flatMap((one) => one.fields))].map((field) => [field, instruments.filter((one) => one.fields.includes(field)).length])
      .filter(([, count]) => count > 1).sort(([one, n], [other, m]) => m - n || (one < other ? -1 : 1));
    return h("details", { class: "chooser" }, h("summary", {}, "Choose instruments", h("span", { class: "chosen" })),
      h("fieldset", {}, h("legend", { class: "hush" }, "Choose instruments"),
        h("p", { class: "actions" }, all(() => false, "Clear"), fields.map(([field, count]) => all((one) => one.fields.includes(field), field.replaceAll("_", " "), String(count)))),
        h("div", { class: "boxes" }, instruments.map((one, n) => h("label", { class: "check" }, boxes[n], h("span", {}, one.short_title))))));
  }

  /* What is chosen, said beside the folded list. */
  function tell(details) {
    const names = [...details.querySelectorAll("input:checked")].map((one) => one.parentNode.textContent);
    details.querySelector(".chosen").textContent = names.length ? `: ${names.length > 4 ? `${names.length} chosen` : names.join("; ")}` : "";
  }

  /* The parameters a form says. */
  function said(form) {
    const found = {};
    for (const one of form.elements) {
      if (!one.name) continue;
      if (one.dataset.list !== undefined) { found[one.name] ??= []; if (one.checked) found[one.name].push(one.value); }
      else found[one.name] = one.type === "checkbox" ? (one.checked ? one.value : "") : one.value.trim();
    }
    return Object.fromEntries(Object.entries(found).map(([name, value]) => [name, Array.isArray(value) ? value.join(",") : value]));
  }

  /* The form set to what the address says; a field that is being typed in is left alone. */
  function set(form, params) {
    for (const one of form.elements) {
      if (!one.name || (one === document.activeElement && ["search", "number"].includes(one.type))) continue;
      const value = params[one.name] ?? "";
      if (one.dataset.list !== undefined) one.checked = value.split(",").includes(one.value);
      else if (one.type === "checkbox") one.checked = value === one.value;
      else one.value = value;
      /* An address may name what the list does not have; the first is what is then shown. */
      if (one.tagName === "SELECT" && one.selectedIndex < 0) one.selectedIndex = 0;
      if (value && one.dataset.list === undefined) one.closest("details:not(.filters)")?.setAttribute("open", "");
    }
    form.querySelectorAll(".chooser").forEach(tell);
  }

  Object.assign(explorer, { choice, field, years, check, chooser, said, set });
})();
