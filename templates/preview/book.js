/* The e-book as a reader shows it: one document after the other, in a frame that runs no script. */

import { get } from "./site.js";

const by = (id) => document.getElementById(id);
let book = { digest: "", chapters: [], direction: "ltr" };
let at = 0;

export async function showBook(page) {
  const output = page.state.outputs[page.output];
  if (output?.kind !== "epub" || !output.digest || output.digest === book.digest) return;
  const { digest } = output;
  try {
    const told = await get(`book/${digest}/chapters.json`);
    const before = book.chapters[at]?.path;
    book = { digest, ...told };
    at = Math.max(0, book.chapters.findIndex((each) => each.path === before));
  } catch {
    return;
  }
  by("chapter").replaceChildren(...book.chapters.map((each, number) => new Option(each.title, number)));
  open(at);
}

function open(number) {
  if (!book.chapters[number]) return;
  at = number;
  by("chapter").value = number;
  by("previous").disabled = number === 0;
  by("next").disabled = number === book.chapters.length - 1;
  const source = `book/${book.digest}/files/${book.chapters[number].path}`;
  if (by("leaf").getAttribute("src") !== source) by("leaf").src = source;
}

/* Opens the document of the chosen article. */
export function turnTo(page) {
  const article = page.state.articles.find((each) => each.name === page.chosen);
  const found = book.chapters.findIndex((each) => article && each.title === (article.headline || article.name));
  if (found >= 0) open(found);
}

by("chapter").addEventListener("change", (event) => open(Number(event.target.value)));
by("previous").addEventListener("click", () => open(at - 1));
by("next").addEventListener("click", () => open(at + 1));
by("leaf").addEventListener("load", () => {
  const { contentDocument } = by("leaf");
  const name = contentDocument?.location.pathname.split("/files/")[1];
  const found = book.chapters.findIndex((each) => each.path === decodeURIComponent(name || ""));
  if (found >= 0 && found !== at) open(found);
});
