/* The chosen article: its headline, edited in place, and what there is to decide on it. */

import { get, make, send } from "./site.js";
import { say } from "./words.js";

const by = (id) => document.getElementById(id);
/* https://www.unicode.org/reports/tr44/#General_Category_Values : what is not seen is named by its number. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu;
const visible = (text) => text.replace(HIDDEN, (character) => `⟨U+${character.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}⟩`);
let galley = { article: "" };

export function showArticle(page) {
  const room = by("article");
  const article = page.state.articles.find((each) => each.name === page.chosen);
  const drawn = JSON.stringify([article, article && galley.article === article.name && galley, page.state.articles.length === 0]);
  if (article && galley.article !== article.name) {
    galley = { article: article.name, pending: true };
    reload(article, page);
  } else if (article && galley.isOld) {
    galley.isOld = false;
    reload(article, page);
  }
  if (room.dataset.drawn === drawn || room.contains(document.activeElement) && room.dataset.article === page.chosen && isWriting()) return;
  const focus = document.activeElement?.closest("#article [data-key]")?.dataset.key;
  const opened = room.dataset.article === page.chosen ? [...room.querySelectorAll("details[open]")].map((node) => node.dataset.key) : [];
  room.dataset.drawn = drawn;
  room.dataset.article = page.chosen;
  if (!article) {
    delete room.dataset.head;
    room.replaceChildren(make("p", { className: "hint", textContent: say(page.state.articles.length ? "choose" : "empty") }));
    return;
  }
  const head = JSON.stringify([article, document.documentElement.lang]);
  if (room.dataset.head !== head) room.replaceChildren(headline(article, page));
  room.dataset.head = head;
  /* The head stays where it is: what is pressed, selected or typed in it is not lost when there is more to decide. */
  while (room.children.length > 1) room.lastElementChild.remove();
  room.append(...(galley.article === article.name ? decisions(article, page) : []));
  for (const node of room.querySelectorAll("details")) node.open = opened.includes(node.dataset.key);
  if (focus) room.querySelector(`[data-key="${CSS.escape(focus)}"]`)?.focus();
}

function isWriting() {
  const field = document.activeElement;
  return field.matches("textarea, input") && field.value !== field.defaultValue;
}

async function reload(article, page) {
  let told;
  try {
    told = await get(`galley.json?article=${encodeURIComponent(article.name)}`);
  } catch (error) {
    told = { article: article.name, failure: error.message };
  }
  if (galley.article !== article.name) return;
  galley = told;
  showArticle(page);
}

function headline(article, page) {
  const field = make("textarea", { id: "headline", rows: 1, lang: article.language, spellcheck: false, data: { key: "headline" } });
  field.defaultValue = article.headline;
  field.value = article.headline;
  const buttons = make("div", { className: "buttons", hidden: true },
    make("button", { type: "button", className: "primary", textContent: say("save"), data: { key: "save" } }),
    make("button", { type: "button", textContent: say("cancel"), data: { key: "cancel" } }));
  const back = make("button", { type: "button", className: "quiet", textContent: say("asRead"), hidden: !article.is_headed, data: { key: "as-read" } });
  const [save, cancel] = buttons.children;
  const write = async (text) => {
    field.defaultValue = field.value;
    buttons.hidden = true;
    const { failure } = await send("edit", { edit: { type: "headline", article: article.name, text } });
    if (failure) page.failed(failure);
    else page.announce(say("saved"));
  };
  field.addEventListener("input", () => { buttons.hidden = field.value === field.defaultValue; });
  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Enter") {
      event.preventDefault();
      if (field.value !== field.defaultValue) write(field.value.trim());
    } else if (event.key === "Escape") {
      field.value = field.defaultValue;
      buttons.hidden = true;
    }
  });
  save.addEventListener("click", () => write(field.value.trim()));
  cancel.addEventListener("click", () => {
    field.value = field.defaultValue;
    buttons.hidden = true;
    field.focus();
  });
  back.addEventListener("click", () => write(null));
  return make("div", { className: "headline" }, make("p", { className: "source", textContent: article.name }),
    make("label", { className: "unseen", for: "headline", textContent: say("headline") }), field, buttons,
    make("div", { className: "setting-aside" }, back, setAside("hold", "hold", article, page), setAside("leaveOut", "leave_out", article, page)));
}

/* A button that takes the article out of the issue: for this one, or for good. The next one is chosen then. */
function setAside(word, how, article, page) {
  const button = make("button", { type: "button", className: "quiet", textContent: say(word), data: { key: how } });
  button.addEventListener("click", async () => {
    const all = page.state.articles;
    const at = all.findIndex((each) => each.name === article.name);
    const next = all[at + 1] || all[at - 1];
    const { failure } = await send("edit", { edit: { type: "set-aside", article: article.name, how } });
    if (failure) { page.failed(failure); return; }
    page.announce(say("saved"));
    if (next) page.choose(next.name);
    document.querySelector("#groups .row[aria-current=true]")?.focus();
  });
  return button;
}

/* --- decisions --- */

function decisions(article, page) {
  if (galley.pending) return [];
  if (galley.failure) return [make("p", { className: "hint", textContent: galley.failure })];
  const sure = galley.changes.filter((each) => !each.doubtful);
  const parts = [];
  if (galley.doubts.length) {
    parts.push(make("section", {}, make("h3", { textContent: say("doubtful") }),
      make("ol", { className: "cards" }, ...galley.doubts.map((each) => doubt(each, article, page)))));
  }
  if (sure.length) {
    parts.push(make("details", { data: { key: "sure" } }, make("summary", { textContent: say("repaired", sure.length) }),
      make("ol", { className: "cards" }, ...sure.map((each) => card(each, [], article, page)))));
  }
  if (galley.omissions.length) {
    parts.push(make("details", { data: { key: "left-out" } }, make("summary", { textContent: say("leftOut", galley.omissions.length) }),
      make("ul", { className: "cards" }, ...galley.omissions.map((each) => omission(each, article, page)))));
  }
  return parts.length ? parts : [make("p", { className: "hint", textContent: say("nothingToDecide") })];
}

function doubt(item, article, page) {
  const text = (left, tag, middle, right) => make("span", { className: "text", lang: article.language }, visible(left), make(tag, { textContent: visible(middle) }), visible(right));
  const pair = [
    make("p", {}, make("span", { className: "label", textContent: say("received") }), text(item.raw_left, "del", item.change.before, item.raw_right)),
    make("p", {}, make("span", { className: "label", textContent: say("guess") }), text(item.left, "ins", item.change.after, item.right)),
  ];
  return card(item.change, pair, article, page);
}

function card(change, pair, article, page) {
  const key = `${change.line}-${change.column}`;
  const shown = pair.length ? pair : [make("p", { className: "text", lang: article.language }, make("del", { textContent: visible(change.before) }), " → ", make("ins", { textContent: visible(change.after) || say("takingOut") }))];
  const button = (decision, word) => {
    const node = make("button", { type: "button", textContent: say(word), "aria-pressed": String(change.decision === decision), data: { key: `${decision}-${key}` } });
    node.addEventListener("click", () => decide(change, change.decision === decision && decision !== "replace" ? "" : decision, own.value, article, page));
    return node;
  };
  const own = make("input", { type: "text", placeholder: say("instead"), autocomplete: "off", spellcheck: false, lang: article.language, "aria-label": say("instead"), data: { key: `own-${key}` } });
  own.defaultValue = change.decision === "replace" ? change.now : "";
  own.value = own.defaultValue;
  const replace = button("replace", "replace");
  own.addEventListener("keydown", (event) => { if (event.key === "Enter" && !event.isComposing) replace.click(); });
  const controls = make("div", { className: "controls", role: "group", "aria-label": say("place", change.line, change.column) }, button("accept", "accept"), button("reject", "leave"), make("span", { className: "own" }, own, replace));
  const said = change.decision ? ` · ${say("decision")[change.decision]}` : "";
  return make("li", { className: change.decision ? "decided" : change.doubtful ? "open" : "" },
    make("p", { className: "place", textContent: `${say("place", change.line, change.column)}${said}` }), ...shown, controls);
}

function omission(item, article, page) {
  const { omission: left } = item;
  const node = make("button", { type: "button", textContent: say(item.kept ? "kept" : "keep"), disabled: !item.before, "aria-pressed": String(item.kept), data: { key: `keep-${left.line}-${left.column}` } });
  node.addEventListener("click", () => decide({ line: left.line, column: left.column, before: item.before }, item.kept ? "" : "keep", "", article, page));
  return make("li", {}, make("p", { className: "text", lang: article.language, textContent: visible(left.text) }), make("p", { className: "place", textContent: `${say("place", left.line, left.column)} · ${left.kind}` }), node);
}

async function decide(change, decision, after, article, page) {
  const { line, column, before } = change;
  const { failure } = await send("decide", { article: article.name, line, column, before, decision, after: decision === "replace" ? after : "" });
  if (failure) page.failed(failure);
  else page.announce(say("decided", galley.file));
  await reload(article, page);
}

/* Has the galley read anew where the article has changed on disk. */
export function forget(names) {
  if (names.has(galley.article)) galley.isOld = true;
}
