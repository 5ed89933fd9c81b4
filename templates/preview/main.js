/* The page as a whole: it hears of a change, asks for what is shown now, and has every room show its part of that. */

import { showAside } from "./aside.js";
import { forget, showArticle } from "./article.js";
import { showBook, turnTo } from "./book.js";
import { showFindings } from "./findings.js";
import { showOrder } from "./order.js";
import { listenToPages, rescale, setLayout, showPages, showPlace } from "./pages.js";
import { listen, state as ask } from "./site.js";
import { label, say, speak } from "./words.js";

const by = (id) => document.getElementById(id);
const page = { state: null, chosen: "", output: 0, announce, choose, failed };

function announce(text) {
  by("said").textContent = "";
  setTimeout(() => { by("said").textContent = text; }, 50);
}

function failed(failure) {
  const text = failure === "gone" ? say("gone") : failure;
  announce(text);
  by("status").textContent = text;
  by("status").classList.add("warned");
}

/* Chooses an article, and shows where it stands. */
function choose(name, { goes = true } = {}) {
  page.chosen = page.state.articles.some((each) => each.name === name) ? name : "";
  showOrder(page);
  showArticle(page);
  showFindings(page);
  showPages(page);
  if (goes && page.chosen) {
    if (shown()?.kind === "epub") turnTo(page);
    else showPlace(page);
  }
}

const shown = () => page.state.outputs[page.output];

function showOutputs() {
  const box = by("output");
  const names = page.state.outputs.map((each) => `${each.kind.toUpperCase()} · ${each.is_named ? each.name : each.style}`);
  if (box.dataset.names !== names.join("\n")) {
    box.dataset.names = names.join("\n");
    box.replaceChildren(...names.map((name, number) => new Option(name, number)));
    page.output = Math.min(page.output, Math.max(0, names.length - 1));
    box.value = page.output;
  }
  box.hidden = names.length === 0;
  const isBook = shown()?.kind === "epub";
  by("layouts").hidden = isBook;
  by("screens").hidden = !isBook;
  by("zoom").hidden = isBook;
  by("pages").hidden = isBook;
  by("book").hidden = !isBook;
}

function showStatus() {
  const { state } = page;
  const status = by("status");
  status.classList.toggle("busy", Boolean(state.busy));
  status.classList.toggle("warned", !state.busy && (state.failure.length > 0 || state.is_stale));
  const text = state.busy ? say(state.busy) || state.busy : state.failure.length || state.is_stale ? say(state.outputs.some((each) => each.digest) ? "stale" : "nothing") : say("done", state.articles.length);
  if (status.textContent !== text) status.textContent = text;
  const told = state.failure.join("\n");
  if (by("failure").dataset.told !== told) {
    by("failure").dataset.told = told;
    const lines = state.failure.map((line) => Object.assign(document.createElement("p"), { textContent: line }));
    by("failure").replaceChildren(...(told ? [Object.assign(document.createElement("strong"), { textContent: say("failed") }), ...lines] : []));
  }
  by("title").textContent = state.title || "newsbook";
  document.title = `${state.title || "newsbook"} · newsbook`;
}

function show() {
  showStatus();
  showOutputs();
  showOrder(page);
  showAside(page);
  showArticle(page);
  showFindings(page);
  showPages(page);
  showBook(page);
}

let asking = false;
let again = false;

async function refresh() {
  if (asking) { again = true; return; }
  asking = true;
  try {
    do {
      again = false;
      const next = await ask();
      if (page.state && next.version < page.state.version && next.version > 1) continue;
      const before = new Map((page.state?.articles || []).map((each) => [each.name, JSON.stringify(each)]));
      forget(new Set(next.articles.filter((each) => before.get(each.name) !== JSON.stringify(each)).map((each) => each.name)));
      page.state = next;
      if (!next.articles.some((each) => each.name === page.chosen)) page.chosen = "";
      show();
    } while (again);
  } catch {
    failed("gone");
  } finally {
    asking = false;
  }
}

by("output").addEventListener("change", (event) => {
  page.output = Number(event.target.value);
  show();
});
by("language").addEventListener("change", (event) => {
  speak(event.target.value);
  for (const node of document.querySelectorAll("[data-drawn]")) delete node.dataset.drawn;
  delete by("failure").dataset.told;
  if (page.state) show();
});
by("all-findings").addEventListener("click", () => choose(""));
for (const button of document.querySelectorAll("[data-layout]")) {
  button.addEventListener("click", () => {
    for (const each of document.querySelectorAll("[data-layout]")) each.setAttribute("aria-pressed", String(each === button));
    setLayout(button.dataset.layout, page);
  });
}
for (const button of document.querySelectorAll("[data-screen]")) {
  button.addEventListener("click", () => {
    for (const each of document.querySelectorAll("[data-screen]")) each.setAttribute("aria-pressed", String(each === button));
    by("book").dataset.screen = button.dataset.screen;
  });
}
by("smaller").addEventListener("click", () => rescale(-1, page));
by("larger").addEventListener("click", () => rescale(1, page));
by("fit").addEventListener("click", () => rescale(0, page));
new ResizeObserver(() => { if (page.state) showPages(page); }).observe(by("view"));
addEventListener("keydown", (event) => {
  if (event.target.closest("input, textarea, select") || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "+" || event.key === "-") rescale(event.key === "+" ? 1 : -1, page);
});

listenToPages(choose);
label();
listen(refresh, () => failed("gone"));
