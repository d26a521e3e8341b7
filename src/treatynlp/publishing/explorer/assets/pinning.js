"use strict";
/* What a reader keeps of this release: rows, cells and pairs, in this browser. A pin is "topic@id,id" (a row of these
   instruments, or of all), "topic@id" (a cell), or "left@right" (a pair). */
(() => {
  const { h } = explorer;
  const KINDS = ["rows", "cells", "pairs"];
  let kept = {};

  const place = () => `pins ${explorer.corpus().release.hash}`;
  const strings = (found) => (Array.isArray(found) ? found.filter((one) => typeof one === "string") : []);
  const sound = (found) => Object.fromEntries(KINDS.map((kind) => [kind, strings(found?.[kind])]));

  function all() {
    try { return sound(JSON.parse(localStorage.getItem(place()) ?? "{}")); } catch { return sound(kept); }
  }

  function keep(found) {
    kept = found;
    try { localStorage.setItem(place(), JSON.stringify(found)); } catch { /* kept while the page is open */ }
    counted();
  }

  function toggle(kind, pin) {
    const found = all();
    const had = found[kind].includes(pin);
    keep({ ...found, [kind]: had ? found[kind].filter((one) => one !== pin) : [...found[kind], pin] });
    return !had;
  }

  /* The entry in the menu says how many there are. */
  function counted() {
    const link = document.querySelector('nav [data-view="pins"]');
    const count = KINDS.reduce((sum, kind) => sum + all()[kind].length, 0);
    if (link) link.textContent = count ? `Pinned (${count})` : "Pinned";
  }

  /* A button that pins a thing or lets it go. */
  function pin(kind, key, what) {
    const shown = (on) => (on ? "Pinned" : "Pin");
    const on = all()[kind].includes(key);
    return h("button", { type: "button", class: "quiet pin", "data-pin": key, "aria-pressed": String(on), "aria-label": `Pin ${what}`, on: { click: (event) => {
      const now = toggle(kind, key);
      event.currentTarget.setAttribute("aria-pressed", String(now));
      event.currentTarget.textContent = shown(now);
    } } }, shown(on));
  }

  Object.assign(explorer, { pin, pins: all, keepPins: keep, countPins: counted });
})();
