/* What was read and does not stand in the issue, with who says so; what the issue file holds or leaves out is put back here. */

import { make, send } from "./site.js";
import { say } from "./words.js";

const by = (id) => document.getElementById(id);

export function showAside(page) {
  const { aside } = page.state;
  const room = by("aside");
  const drawn = JSON.stringify(aside);
  if (room.dataset.drawn === drawn) return;
  const had = room.contains(document.activeElement);
  room.dataset.drawn = drawn;
  room.hidden = aside.length === 0;
  by("aside-title").textContent = say("aside", aside.length);
  by("aside-list").replaceChildren(...aside.map((each) => entry(each, page)));
  if (had) (room.hidden ? document.querySelector("#groups .row") : by("aside-title")).focus();
}

function entry(each, page) {
  const isDecided = each.why === "held" || each.why === "left-out";
  const told = [make("span", { className: "why", textContent: say("why")[each.why] }), make("span", { className: "file", textContent: each.name })];
  const said = isDecided ? [make("code", { textContent: each.by })] : [make("span", { lang: "en", textContent: each.by })];
  const back = make("button", { type: "button", textContent: say("putBack"), "aria-label": say("putBackOf", each.headline || each.name), data: { article: each.name } });
  back.addEventListener("click", async () => {
    const { failure } = await send("edit", { edit: { type: "put-back", article: each.name } });
    if (failure) page.failed(failure);
    else page.announce(say("saved"));
  });
  const act = isDecided ? [each.comes_back ? back : make("p", { className: "hint", textContent: say("byPattern") })] : [];
  return make("li", {}, make("p", { className: "title", lang: each.language, textContent: each.headline || each.name }), make("p", { className: "under" }, ...told, ...said), ...act);
}
