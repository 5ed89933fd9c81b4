/* The order: sections and the articles in them, moved by the pointer, by buttons, and by Alt with the arrow keys. */

import { make, send } from "./site.js";
import { say } from "./words.js";

const by = (id) => document.getElementById(id);
const nameOf = (article) => article.headline || article.name;
let page = null;
let groups = [];

function grouped(state) {
  const sections = state.sections.map((name) => ({ name, articles: state.articles.filter((each) => each.group === name) }));
  return [...sections, { name: "", articles: state.articles.filter((each) => !each.group || !state.sections.includes(each.group)) }];
}

export function showOrder(given) {
  page = given;
  const { state, chosen } = page;
  const drawn = JSON.stringify([state.articles, state.sections, chosen, state.findings.map((each) => [each.article, each.severity])]);
  const room = by("groups");
  if (room.dataset.drawn === drawn || room.querySelector(".naming") || dragged) return;
  const focus = room.contains(document.activeElement) ? document.activeElement.dataset.key : "";
  room.dataset.drawn = drawn;
  groups = grouped(state);
  room.replaceChildren(...groups.map(groupOf));
  rove(focus);
}

/* One row of the list can be reached by Tab; the arrow keys go to the others. */
function rove(key) {
  const rows = [...document.querySelectorAll("#groups .row")];
  const wanted = [...document.querySelectorAll("#groups [data-key]")].find((node) => node.dataset.key === key);
  const current = wanted?.closest("li")?.querySelector(".row") || rows.find((row) => row.getAttribute("aria-current") === "true") || rows[0];
  for (const row of rows) row.tabIndex = row === current ? 0 : -1;
  wanted?.focus();
}

function groupOf(group, at) {
  const id = `group-${at}`;
  const title = make("h3", { id, textContent: group.name || say("noSection") });
  const isFile = Boolean(group.name);
  const tools = isFile ? make("span", { className: "tools" },
    tool("↑", "up", group.name, `up-section-${at}`, () => moveSection(group, -1), at === 0),
    tool("↓", "down", group.name, `down-section-${at}`, () => moveSection(group, 1), at === groups.length - 2),
    tool("✎", "rename", group.name, `rename-${at}`, () => rename(group, head)),
    tool("×", "drop", group.name, `drop-${at}`, () => edit({ type: "drop-section", name: group.name }))) : null;
  const grip = isFile ? make("span", { className: "grip", "aria-hidden": "true", textContent: "⠿", title: say("drag", group.name), data: { section: group.name } }) : null;
  const head = make("div", { className: "group-head" }, grip, title, tools);
  const list = make("ol", { data: { group: group.name }, "aria-labelledby": id }, ...group.articles.map((article, number) => rowOf(article, number, group)));
  const isNeedless = !isFile && !group.articles.length;
  return make("section", { className: "group", hidden: isNeedless && groups.length > 1, "aria-labelledby": id, data: { name: group.name } }, groups.length > 1 ? head : make("h3", { id, className: "unseen", textContent: say("order") }), list,
    group.articles.length ? null : make("p", { className: "hint", textContent: say("empty") }));
}

function tool(sign, word, name, key, act, disabled = false) {
  const button = make("button", { type: "button", className: "tool", textContent: sign, "aria-label": say(word, name), title: say(word, name), disabled, data: { key } });
  button.addEventListener("click", act);
  return button;
}

function rowOf(article, number, group) {
  const name = nameOf(article);
  const findings = page.state.findings.filter((each) => each.article === article.name && each.severity !== "note").length;
  const badges = [
    article.doubts ? make("span", { className: "badge doubt", textContent: say("doubts", article.doubts) }) : null,
    findings ? make("span", { className: "badge", textContent: say("found", findings) }) : null,
  ].filter(Boolean);
  const row = make("button", { type: "button", className: "row", "aria-current": String(article.name === page.chosen), "aria-describedby": "order-hint", data: { key: `row-${article.name}`, article: article.name } },
    make("span", { className: "title", lang: article.language, textContent: article.headline || say("untitled") }), make("span", { className: "under" }, make("span", { className: "file", textContent: article.name }), ...badges));
  row.addEventListener("click", () => page.choose(article.name));
  const grip = make("span", { className: "grip", "aria-hidden": "true", textContent: "⠿", title: say("drag", name), data: { article: article.name } });
  const all = groups.flatMap((each) => each.articles);
  const tools = make("span", { className: "tools" },
    tool("↑", "up", name, `up-${article.name}`, () => step(article, -1), article === all[0]),
    tool("↓", "down", name, `down-${article.name}`, () => step(article, 1), article === all[all.length - 1]));
  return make("li", { data: { article: article.name } }, grip, row, tools);
}

/* --- moving --- */

async function edit(value, told = "") {
  const { failure } = await send("edit", { edit: value });
  if (failure) page.failed(failure);
  else page.announce(told || say("saved"));
  return !failure;
}

/* Shows an order at once, before the file says so; what the server tells then is shown anyway. */
function place(article, section, before) {
  for (const group of groups) group.articles = group.articles.filter((each) => each.name !== article.name);
  const target = groups.find((each) => each.name === section);
  const at = before ? target.articles.findIndex((each) => each.name === before) : target.articles.length;
  target.articles.splice(at < 0 ? target.articles.length : at, 0, { ...article, group: section });
  page.state = { ...page.state, articles: groups.flatMap((each) => each.articles) };
  showOrder(page);
  const number = target.articles.findIndex((each) => each.name === article.name) + 1;
  return edit({ type: "move", article: article.name, section, before }, say("moved", nameOf(article), number, target.articles.length, section || say("noSection")));
}

/* Moves an article by one: at the end of a section, into the next. */
function step(article, way) {
  const at = groups.findIndex((each) => each.articles.some((one) => one.name === article.name));
  const group = groups[at];
  const number = group.articles.findIndex((each) => each.name === article.name);
  const rest = group.articles.filter((each) => each.name !== article.name);
  const to = number + way;
  if (to >= 0 && to <= rest.length) return place(article, group.name, rest[to]?.name || "");
  const next = groups[at + way];
  if (!next) return false;
  return place(article, next.name, way > 0 ? next.articles[0]?.name || "" : "");
}

function moveSection(group, way) {
  const names = page.state.sections.filter((name) => name !== group.name);
  const to = page.state.sections.indexOf(group.name) + way;
  if (to < 0 || to > names.length) return;
  placeSection(group.name, names[to] || "");
}

function placeSection(name, before) {
  const names = page.state.sections.filter((each) => each !== name);
  const at = before ? names.indexOf(before) : names.length;
  names.splice(at, 0, name);
  page.state = { ...page.state, sections: names };
  showOrder(page);
  edit({ type: "move-section", name, before }, say("movedSection", name, at + 1, names.length));
}

/* --- naming --- */

function naming(value, done) {
  const field = make("input", { type: "text", className: "naming", value, "aria-label": say("newName"), placeholder: say("newName") });
  let isDone = false;
  const end = (isKept) => {
    if (isDone) return;
    isDone = true;
    const name = field.value.trim();
    field.remove();
    delete by("groups").dataset.drawn;
    if (isKept && name && name !== value) done(name);
    showOrder(page);
  };
  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Enter") end(true);
    if (event.key === "Escape") end(false);
    event.stopPropagation();
  });
  field.addEventListener("blur", () => end(true));
  return field;
}

function rename(group, head) {
  const field = naming(group.name, (to) => edit({ type: "rename-section", name: group.name, to }));
  head.querySelector("h3").replaceChildren(field);
  field.select();
}

by("add-section").addEventListener("click", () => {
  if (!page) return;
  const field = naming("", (name) => edit({ type: "new-section", name }));
  by("groups").prepend(field);
  field.focus();
});

/* --- keys --- */

by("groups").addEventListener("keydown", (event) => {
  const row = event.target.closest(".row");
  if (!row || !["ArrowUp", "ArrowDown", "Home", "End", "F2"].includes(event.key)) return;
  event.preventDefault();
  const article = page.state.articles.find((each) => each.name === row.dataset.article);
  if (event.key === "F2") {
    page.choose(article.name);
    document.getElementById("headline")?.select();
  } else if (event.altKey) {
    if (event.key.startsWith("Arrow")) step(article, event.key === "ArrowUp" ? -1 : 1);
  } else {
    const rows = [...document.querySelectorAll("#groups .row")];
    const at = rows.indexOf(row);
    const to = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: rows.length - 1 }[event.key];
    if (rows[to]) rove(rows[to].dataset.key);
  }
});

/* --- dragging --- */

let dragged = null;

by("groups").addEventListener("pointerdown", (event) => {
  const grip = event.target.closest(".grip");
  if (!grip || event.button) return;
  event.preventDefault();
  const isSection = Boolean(grip.dataset.section);
  const node = isSection ? grip.closest(".group") : grip.closest("li");
  dragged = { node, isSection, name: isSection ? grip.dataset.section : grip.dataset.article, target: null };
  node.classList.add("dragged");
  by("groups").setPointerCapture(event.pointerId);
});

by("groups").addEventListener("pointermove", (event) => {
  if (!dragged) return;
  clear();
  dragged.target = dragged.isSection ? sectionAt(event.clientY) : rowAt(event.clientY);
  if (dragged.target) dragged.target.node.classList.add(dragged.target.isAfter ? "drop-after" : "drop-before");
  const room = document.querySelector(".order");
  const box = room.getBoundingClientRect();
  if (event.clientY < box.top + 40) room.scrollTop -= 12;
  if (event.clientY > box.bottom - 40) room.scrollTop += 12;
});

by("groups").addEventListener("pointerup", () => {
  const done = end();
  if (!done?.target) return;
  const { section, before } = done.target;
  if (done.isSection) placeSection(done.name, before);
  else place(page.state.articles.find((each) => each.name === done.name), section, before);
});
by("groups").addEventListener("pointercancel", end);
addEventListener("keydown", (event) => { if (event.key === "Escape") end(); });

function clear() {
  for (const node of document.querySelectorAll(".drop-before, .drop-after")) node.classList.remove("drop-before", "drop-after");
}

function end() {
  const done = dragged;
  dragged = null;
  clear();
  done?.node.classList.remove("dragged");
  return done;
}

/* Where an article dropped at a height would stand: before a row, or behind the last of a section. */
function rowAt(height) {
  const lists = [...document.querySelectorAll("#groups section:not([hidden]) ol")];
  const list = lists.find((each) => height < each.parentElement.getBoundingClientRect().bottom) || lists[lists.length - 1];
  const rows = [...list.children].filter((each) => each !== dragged.node);
  const below = rows.find((each) => { const box = each.getBoundingClientRect(); return height < box.top + box.height / 2; });
  const section = list.dataset.group;
  if (below) return { node: below, isAfter: false, section, before: below.dataset.article };
  return { node: rows[rows.length - 1] || list.parentElement, isAfter: true, section, before: "" };
}

function sectionAt(height) {
  const all = [...document.querySelectorAll("#groups .group")].filter((each) => each.dataset.name && each !== dragged.node);
  const below = all.find((each) => { const box = each.getBoundingClientRect(); return height < box.top + box.height / 2; });
  if (below) return { node: below, isAfter: false, before: below.dataset.name };
  return all.length ? { node: all[all.length - 1], isAfter: true, before: "" } : null;
}
