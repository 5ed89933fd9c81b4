"use strict";

/* The proof sheet's script: decisions on changes and omissions, shown at once, and saved as files of their own. */
(() => {
  const select = (selector, within = document) => [...within.querySelectorAll(selector)];
  const hidden = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu;
  /* No edition can hold these, so that nobody can leave them: https://www.w3.org/TR/xml/#charsets */
  const forbidden = /(?![\t\n\r\x85])[\p{Cc}\p{Cs}\ufffe\uffff]/u;
  const code = (character) => `⟨U+${character.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}⟩`;
  const visible = (text) => text.replace(hidden, (character) => (character === "\t" ? character : code(character)));
  const count = (number, noun) => `${number} ${noun}${number === 1 ? "" : "s"}`;

  const galleys = new Map();
  const changes = new Map();
  const omissions = new Map();
  const unsaved = new Set();
  for (const node of select("script[data-galley]")) {
    const name = node.dataset.galley;
    const galley = JSON.parse(node.textContent);
    galleys.set(name, galley);
    for (const change of galley.repairs) changes.set(`${name}-${change.number}`, { ...change, galley: name, marks: [] });
    galley.omissions.forEach((omission, number) => omissions.set(`${name}-${number}`, { ...omission, galley: name }));
  }
  const ofGalley = (entries, name) => [...entries.values()].filter((entry) => entry.galley === name);
  const isDecidable = (change) => galleys.get(change.galley).file !== "";
  const isOpen = (change) => change.doubtful && !change.decision;

  /* --- what stands where, after a decision --- */

  function shown(change) {
    if (change.decision === "accept") return change.after;
    if (change.decision === "reject") return change.before;
    if (change.decision === "replace") return change.now;
    return change.doubtful ? change.before : change.after;
  }

  function label(change) {
    const after = shown(change);
    const said = change.decision ? `, decided: ${change.decision}` : change.doubtful ? ", doubtful" : "";
    const sure = `${Math.floor(change.confidence * 100 + 1e-9)} percent sure`;
    return `“${visible(change.before)}” is now ${after ? `“${visible(after)}”` : "nothing"}: ${change.kind}, ${sure}${said}`;
  }

  function showChange(key) {
    const change = changes.get(key);
    for (const mark of change.marks) {
      mark.dataset.decision = change.decision;
      if (mark.localName === "ins") {
        mark.textContent = visible(shown(change));
        mark.classList.toggle("empty", !shown(change));
      } else if (mark.hasAttribute("role")) {
        mark.setAttribute("aria-label", label(change));
      }
    }
    for (const card of select(`[data-card="${key}"]`)) card.dataset.decision = change.decision;
    for (const controls of select(`.controls[data-for="${key}"]`)) showControls(controls, change);
    showTick(change.galley, change.row);
  }

  function showControls(controls, change) {
    for (const button of select("button", controls)) {
      button.setAttribute("aria-pressed", String(button.dataset.do === change.decision));
    }
    if (change.decision === "replace") controls.querySelector("input").value = change.now;
  }

  const ticks = new Map(select("[data-tick]").map((button) => [button.dataset.tick, button]));
  const sureOf = (galley, line) =>
    galleys.get(galley).repairs.map((each) => changes.get(`${galley}-${each.number}`))
      .filter((change) => change.row === line && !change.doubtful);

  function showTick(galley, line) {
    const button = ticks.get(`${galley}-${line}`);
    if (!button) return;
    const sure = sureOf(galley, line);
    button.hidden = sure.length === 0;
    button.setAttribute("aria-pressed", String(sure.length > 0 && sure.every((change) => change.decision)));
  }

  function showTally() {
    let open = 0;
    for (const name of galleys.keys()) {
      const here = ofGalley(changes, name).filter(isOpen).length;
      open += here;
      for (const node of select(`[data-tally="${name}"]`)) node.textContent = String(here);
      for (const node of select(`[data-open="${name}"]`)) {
        node.textContent = count(here, "open doubt");
        node.classList.toggle("none", here === 0);
      }
      for (const node of select(`[data-status="${name}"]`)) node.textContent = unsaved.has(name) ? "not saved yet" : "";
    }
    const made = [...changes.values()].filter((change) => change.decision).length
      + [...omissions.values()].filter((omission) => omission.kept).length;
    const state = unsaved.size ? "not saved" : "saved";
    document.getElementById("tally").textContent =
      `${count(open, "open doubt")} · ${made || unsaved.size ? `${count(made, "decision")}, ${state}` : "nothing decided yet"}`;
    document.getElementById("next").disabled = open === 0;
    document.getElementById("save").disabled = unsaved.size === 0;
  }

  /* --- deciding --- */

  function decide(key, decision, text = "") {
    const change = changes.get(key);
    change.decision = decision;
    change.now = decision === "replace" ? text : change.now;
    unsaved.add(change.galley);
    showChange(key);
  }

  function press(button) {
    const controls = button.closest(".controls");
    const key = controls.dataset.for;
    const change = changes.get(key);
    const text = controls.querySelector("input").value;
    const again = change.decision === button.dataset.do && (change.decision !== "replace" || text === change.now);
    decide(key, again ? "" : button.dataset.do, text);
    showTally();
  }

  function tick(button) {
    const [galley, line] = button.dataset.tick.split("-");
    const sure = sureOf(galley, Number(line));
    const all = sure.every((change) => change.decision);
    for (const change of sure) {
      if (all && change.decision === "accept") decide(`${galley}-${change.number}`, "");
      else if (!change.decision) decide(`${galley}-${change.number}`, "accept");
    }
    showTally();
  }

  function keep(button) {
    const omission = omissions.get(button.dataset.keep);
    omission.kept = !omission.kept;
    unsaved.add(omission.galley);
    button.setAttribute("aria-pressed", String(omission.kept));
    button.closest("li").classList.toggle("kept", omission.kept);
    showTally();
  }

  /* --- controls: one set for each doubt, one more wherever a mark is chosen --- */

  function controlsFor(key) {
    const change = changes.get(key);
    const controls = document.getElementById("controls").content.firstElementChild.cloneNode(true);
    controls.dataset.for = key;
    controls.setAttribute("aria-label", `Decision on line ${change.line}, column ${change.column}`);
    const lang = document.getElementById(change.galley).querySelector("h2").lang;
    const [accept, leave] = select(".text", controls);
    accept.textContent = change.after ? visible(change.after) : "taking it out";
    leave.textContent = visible(change.before);
    for (const node of [accept, leave, controls.querySelector("input")]) node.lang = lang;
    if (change.kind === "override") accept.parentElement.remove();
    if (forbidden.test(change.before)) leave.parentElement.remove();
    showControls(controls, change);
    return controls;
  }

  let opened = null;

  function close() {
    if (!opened) return;
    const { panel, mark } = opened;
    opened = null;
    mark.classList.remove("chosen");
    panel.remove();
    mark.focus();
  }

  function open(mark) {
    const same = opened && opened.mark === mark;
    close();
    if (same) return;
    const change = changes.get(mark.dataset.c);
    const panel = document.createElement("tr");
    panel.className = "panel";
    const cell = panel.insertCell();
    cell.colSpan = 3;
    const place = document.createElement("p");
    place.className = "place";
    place.textContent = `Line ${change.line}, column ${change.column} · ${mark.title}`;
    cell.append(place, controlsFor(mark.dataset.c));
    mark.closest("tr").after(panel);
    mark.classList.add("chosen");
    opened = { panel, mark };
    panel.querySelector("button").focus();
  }

  /* --- saving --- */

  function decisions(name) {
    const { page, sha256 } = galleys.get(name);
    const repairs = ofGalley(changes, name).filter((change) => change.decision).map((change) => {
      const { line, column, before, decision } = change;
      return decision === "reject" ? { line, column, before, decision } : { line, column, before, decision, after: shown(change) };
    });
    const kept = ofGalley(omissions, name).filter((omission) => omission.kept)
      .map(({ line, column, before, kind }) => ({ line, column, before, kind, decision: "keep" }));
    return { type: "overrides", page, sha256, repairs, omissions: kept };
  }

  function save(name) {
    const text = `${JSON.stringify(decisions(name), null, 2)}\n`;
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    link.download = galleys.get(name).file;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    unsaved.delete(name);
    showTally();
  }

  function nextDoubt() {
    const cards = select(".doubt").filter((card) => isOpen(changes.get(card.dataset.card)));
    const here = document.activeElement;
    const behind = cards.find((card) => here !== document.body && !card.contains(here)
      && here.compareDocumentPosition(card) & Node.DOCUMENT_POSITION_FOLLOWING);
    const card = behind || cards[0];
    if (card) {
      card.scrollIntoView({ block: "center" });
      card.querySelector("button").focus({ preventScroll: true });
    }
  }

  /* --- events --- */

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    const mark = event.target.closest(".lines [data-c]");
    if (button?.dataset.do) press(button);
    else if (button?.dataset.tick) tick(button);
    else if (button?.dataset.keep) keep(button);
    else if (button?.dataset.save) save(button.dataset.save);
    else if (button?.id === "save") [...unsaved].forEach(save);
    else if (button?.id === "next") nextDoubt();
    else if (mark && isDecidable(changes.get(mark.dataset.c)) && !String(getSelection())) open(mark);
  });

  document.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const mark = event.target.closest?.(".lines [data-c]");
    if (event.key === "Escape") close();
    else if (mark && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      open(mark);
    } else if (event.key === "Enter" && event.target.matches(".own input")) {
      press(event.target.nextElementSibling);
    }
  });

  addEventListener("beforeunload", (event) => {
    if (unsaved.size) event.preventDefault();
  });

  /* --- the sheet as it was made --- */

  for (const mark of select(".lines [data-c]")) {
    const change = changes.get(mark.dataset.c);
    change.marks.push(mark);
    if (isDecidable(change) && mark.localName === "del") {
      mark.tabIndex = 0;
      mark.setAttribute("role", "button");
      mark.setAttribute("aria-label", label(change));
    }
  }
  for (const slot of select("[data-slot]")) {
    if (isDecidable(changes.get(slot.dataset.slot))) slot.append(controlsFor(slot.dataset.slot));
  }
  for (const key of ticks.keys()) {
    const [galley, line] = key.split("-");
    showTick(galley, Number(line));
  }
  document.documentElement.classList.add("js");
  showTally();
})();
