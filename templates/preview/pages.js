/* The pages as they will be printed: pictures with their text over them, singly, in spreads or as thumbnails. */

import { get, make } from "./site.js";
import { say } from "./words.js";

const by = (id) => document.getElementById(id);
const SCALES = [0.4, 0.5, 0.67, 0.8, 1, 1.25, 1.5, 2, 3];
/* No scale is one that fits a page, or a spread, into the room. */
let scale = -1;
let layout = "single";
/* CSS pixels to a point of paper. */
const POINT = 96 / 72;
const THUMBNAIL = 150;

const roomy = () => (by("view").clientWidth - 44) / (layout === "spreads" ? 2 : 1);
const scaleFor = (size) => (scale < 0 ? Math.min(1.25, roomy() / (size.width * POINT)) : SCALES[scale]);
const widthOf = (size) => (layout === "thumbnails" ? THUMBNAIL : Math.floor(size.width * POINT * scaleFor(size)));

export function setLayout(name, page) {
  layout = name;
  showPages(page);
}

/* Shows the pages larger or smaller, or with no step so that they fit. */
export function rescale(step, page) {
  const size = page.state.outputs[page.output]?.pages.pages[0];
  const now = size ? scaleFor(size) : 1;
  const next = step > 0 ? SCALES.findIndex((each) => each > now + 0.01) : SCALES.findLastIndex((each) => each < now - 0.01);
  scale = step ? (next < 0 ? (step > 0 ? SCALES.length - 1 : 0) : next) : -1;
  showPages(page);
}

export function showPages(page) {
  const output = page.state.outputs[page.output];
  const room = by("pages");
  showAlone(page);
  if (!output || output.kind !== "pdf") return;
  room.classList.toggle("stale", page.state.is_stale && !page.state.busy);
  room.dataset.layout = layout;
  if (output.pages.pages.length) by("scale").textContent = `${Math.round(scaleFor(output.pages.pages[0]) * 100)}%`;
  show(room, output.pages, output.name, page);
}

/* The article that was set alone, above the pages, which are still those of before. */
function showAlone(page) {
  const { alone } = page.state;
  const room = by("alone");
  const isNew = alone && room.dataset.digest !== alone.pages.digest;
  room.hidden = !alone || page.state.outputs[page.output]?.kind !== "pdf";
  room.dataset.digest = alone ? alone.pages.digest : "";
  if (room.hidden) return;
  by("alone-title").textContent = say("alone", alone.headline || alone.name);
  const numbers = new Set(Object.values(alone.pages.places).flat().map((place) => place.page));
  show(room.querySelector(".sheets"), alone.pages, alone.name, page, numbers);
  if (isNew) room.scrollIntoView({ block: "start" });
}

function show(room, pages, name, page, only = null) {
  const numbers = pages.pages.map((_, number) => number).filter((number) => !only || only.has(number));
  while (room.children.length > numbers.length) room.lastElementChild.remove();
  numbers.forEach((number, at) => {
    const sheet = room.children[at] || room.appendChild(sheetOf());
    fill(sheet, pages, number, name, page);
  });
}

function sheetOf() {
  const sheet = make("figure", { className: "sheet" }, make("div", { className: "paper" }, make("img", { loading: "lazy", decoding: "async" }), make("div", { className: "text" }), make("div", { className: "marks" })), make("figcaption"));
  watching.observe(sheet);
  return sheet;
}

function fill(sheet, pages, number, name, page) {
  const size = pages.pages[number];
  const width = widthOf(size);
  const [picture, text, marks] = sheet.firstElementChild.children;
  const dots = Math.min(4000, Math.max(80, Math.round((width * Math.min(devicePixelRatio || 1, 2)) / 50) * 50 || 100));
  const source = `pages/${pages.digest}/${number}.png?width=${dots}`;
  sheet.style.width = `${width}px`;
  sheet.firstElementChild.style.aspectRatio = `${size.width} / ${size.height}`;
  if (picture.getAttribute("src") !== source) picture.src = source;
  picture.alt = say("pageOf", size.label || number + 1, name);
  sheet.lastElementChild.textContent = size.label || String(number + 1);
  if (sheet.dataset.content !== `${pages.digest}/${number}`) {
    sheet.dataset.content = `${pages.digest}/${number}`;
    text.replaceChildren();
    watching.unobserve(sheet);
    watching.observe(sheet);
  }
  mark(marks, pages, number, page);
}

/* Draws a frame around every article, which chooses it; that of the chosen one is seen. */
function mark(marks, pages, number, page) {
  const frames = Object.entries(pages.places).flatMap(([name, places]) => places.filter((place) => place.page === number).map((place) => ({ name, place })));
  const drawn = JSON.stringify([frames, page.chosen]);
  if (marks.dataset.drawn === drawn) return;
  marks.dataset.drawn = drawn;
  marks.replaceChildren(...frames.map(({ name, place }) => {
    const frame = make("div", { className: name === page.chosen ? "frame chosen" : "frame", data: { article: name } });
    for (const [side, part] of [["left", place.left], ["top", place.top], ["width", place.width], ["height", place.height]]) frame.style[side] = `${part * 100}%`;
    return frame;
  }));
}

/* Lays the text of a page over its picture when that comes into sight, so that it can be selected, searched and read out. */
const watching = new IntersectionObserver((entries) => {
  for (const entry of entries) if (entry.isIntersecting) lay(entry.target);
}, { rootMargin: "400px" });

async function lay(sheet) {
  const { content } = sheet.dataset;
  const text = sheet.querySelector(".text");
  if (!content || content.startsWith("/") || text.childElementCount) return;
  let runs;
  try {
    runs = await get(`pages/${content}.json`);
  } catch {
    return;
  }
  if (sheet.dataset.content !== content || text.childElementCount) return;
  text.replaceChildren(...runs.map((run) => {
    const piece = make("span", { textContent: run.text });
    piece.style.left = `${run.left * 100}%`;
    piece.style.top = `${run.top * 100}%`;
    piece.style.width = `${run.width * 100}%`;
    piece.style.height = `${run.height * 100}%`;
    return piece;
  }));
}

/* Scrolls to where the chosen article begins. */
export function showPlace(page) {
  const output = page.state.outputs[page.output];
  const [place] = output?.pages.places[page.chosen] || [];
  if (!place) return;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const frame = by("pages").children[place.page]?.querySelector(".frame.chosen");
  (frame || by("pages").children[place.page])?.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
}

export const pageOf = (page, name) => {
  const pages = page.state.outputs.find((each) => each.kind === "pdf")?.pages;
  const [place] = pages?.places[name] || [];
  return place ? pages.pages[place.page].label || String(place.page + 1) : "";
};

export function listenToPages(choose) {
  for (const room of [by("pages"), by("alone")]) {
    room.addEventListener("dblclick", (event) => {
      const paper = event.target.closest(".paper");
      const box = paper?.getBoundingClientRect();
      const frame = paper && [...paper.querySelectorAll(".frame")].find((each) => {
        const own = each.getBoundingClientRect();
        return event.clientX >= own.left && event.clientX <= own.right && event.clientY >= own.top && event.clientY <= own.bottom;
      });
      if (box && frame) choose(frame.dataset.article);
    });
  }
}
