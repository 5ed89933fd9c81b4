/* What was found: of the chosen article, or of the whole issue, the gravest first; in Chinese with what it means. */

import { pageOf } from "./pages.js";
import { get, make } from "./site.js";
import { language, say } from "./words.js";

const by = (id) => document.getElementById(id);
const GRAVITY = ["problem", "warning", "note"];

/* By language and code: what a finding means, and what one can do. English is what the finding says itself. */
const meanings = await get("meanings.json").catch(() => ({}));

export function showFindings(page) {
  const { findings, articles } = page.state;
  const own = findings.filter((each) => !page.chosen || each.article === page.chosen);
  const list = by("findings");
  by("all-findings").hidden = !page.chosen;
  const sorted = own.map((each, number) => [GRAVITY.indexOf(each.severity), number, each]).sort((one, other) => one[0] - other[0] || one[1] - other[1]).map(([, , each]) => each);
  const drawn = JSON.stringify([sorted, page.chosen, page.state.version > 0 && articles.map((each) => pageOf(page, each.name))]);
  if (list.dataset.drawn === drawn) return;
  list.dataset.drawn = drawn;
  const grave = sorted.filter((each) => each.severity !== "note");
  const notes = sorted.filter((each) => each.severity === "note");
  const entries = grave.map((each) => entry(each, page));
  if (!sorted.length) entries.push(make("li", { className: "none", textContent: say("noFindings") }));
  if (notes.length) {
    const all = make("ul", {}, ...notes.map((each) => entry(each, page)));
    entries.push(make("li", { className: "notes" }, make("details", {}, make("summary", { textContent: say("notes", notes.length) }), all)));
  }
  list.replaceChildren(...entries);
}

function entry(finding, page) {
  const place = [finding.source, finding.line ? `${finding.line}${finding.column ? `:${finding.column}` : ""}` : ""].filter(Boolean).join(":");
  const number = finding.article && pageOf(page, finding.article);
  const where = [place, number ? say("onPage", number) : ""].filter(Boolean).join(" · ");
  const goes = finding.article ? make("button", { type: "button", className: "place", textContent: where }) : make("span", { className: "place", textContent: where || say("ofIssue") });
  if (finding.article) goes.addEventListener("click", () => page.choose(finding.article));
  return make("li", { className: finding.severity },
    make("p", { className: "kind" }, make("span", { className: "severity", textContent: say(finding.severity) }), make("code", { textContent: finding.code })),
    ...told(finding), goes);
}

/* What is told of a finding: what it means in the language of the page, and beside it what it says itself. */
function told(finding) {
  const own = [finding.message, finding.hint];
  const [what, remedy] = meanings[language()]?.[finding.code] || own;
  const said = [make("p", {}, ...withCode(what)), remedy ? make("p", { className: "hint" }, ...withCode(remedy)) : null];
  return what === own[0] ? said : [...said, make("p", { className: "original", lang: "en", textContent: own.filter(Boolean).join(" ") })];
}

const withCode = (text) => text.split("`").map((part, at) => at % 2 ? make("code", { textContent: part }) : part);
