"use strict";
/* What one sets a view with. A control's name is the name of its parameter in the address; an empty value is left out. */
(() => {
  const { h } = explorer;

  const labelled = (said, control) => h("label", { class: "field" }, h("span", {}, said), control);

  const choice = (name, said, options) => labelled(said, h("select", { name }, options.map(([value, words]) => h("option", { value }, words))));
  const field = (name, said, props = {}) => labelled(said, h("input", { type: "search", name, autocomplete: "off", ...props }));
  const years = (name, said) => labelled(said, h("input", { type: "number", name, min: "1800", max: "2999", step: "1", placeholder: "year" }));
  const check = (name, said) => h("label", { class: "check" }, h("input", { type: "checkbox", name, value: "1" }), h("span", {}, said));

  /* Several of many: a disclosure with a box for each; the parameter holds their values with commas between. */
  const chooser = (name, said, options) => h("details", { class: "chooser" }, h("summary", {}, said),
    h("fieldset", {}, h("legend", { class: "hush" }, said),
      options.map(([value, words]) => h("label", { class: "check" }, h("input", { type: "checkbox", name, value, "data-list": true }), h("span", {}, words)))));

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
      if (value) one.closest("details:not(.filters)")?.setAttribute("open", "");
    }
  }

  Object.assign(explorer, { choice, field, years, check, chooser, said, set });
})();
