/* What was found: of the chosen article, or of the whole issue, the gravest first. */

import { pageOf } from "./pages.js";
import { make } from "./site.js";
import { say } from "./words.js";

const by = (id) => document.getElementById(id);
const GRAVITY = ["problem", "warning", "note"];

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
    make("p", { textContent: finding.message }), finding.hint ? make("p", { className: "hint", textContent: finding.hint }) : null, goes);
}
