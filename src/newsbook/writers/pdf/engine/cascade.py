"""Compute styles once for elements of one kind, and once for pages of one kind.

WeasyPrint shares the style of elements that the same rules fit, inside the same parent. But an `id` is a rule of its
own to it, and so is each `lang`: every story, which has both, would have styles of its own for all that stands in it.
And it makes six styles for every element that hold the texts of notes and markers, which nearly none has, and twenty
for every page. Here an element's anchor is kept out of the comparison, and what is the same is made once.
"""

from collections.abc import Iterator
from math import inf

from msgspec import Struct
from weasyprint import css
from weasyprint.layout.page import PageType, set_page_type_computed_styles

from newsbook.writers.pdf.engine.patch import Engine, Function, Patch


class _Kind(Struct):
    """What elements of a kind share: their style, and those of their pseudo-elements."""

    style: Engine
    pseudo: dict[str, Engine]


class SharedStyles(css.StyleFor):  # type: ignore[misc] # WeasyPrint ships no types.
    """The styles of a document; `html`, `sheets` and the rest are what the engine's own class takes."""

    def __init__(
        self,
        html: Engine,
        sheets: Engine,
        presentational_hints: Engine = False,
        font_config: Engine = None,
        target_collector: Engine = None,
    ) -> None:
        self._cascaded_styles: dict[Engine, Engine] = {}
        self._computed_styles: dict[Engine, Engine] = {}
        self.initial_page_sizes = {"box": None, "area": None}
        self._sheets, self.font_config = sheets, font_config
        self._kinds: dict[Engine, _Kind] = {}
        self._page_kinds: dict[Engine, tuple[PageType, tuple[str | None, ...]]] = {}
        self._base_url = html.base_url
        self._own: dict[Engine, list[Engine]] = {}
        for weight, element, declarations, base in css.find_style_attributes(
            html.etree_element, presentational_hints, html.base_url
        ):
            said = [(weight, *each) for each in css.preprocess_declarations(base, declarations)]
            self._own.setdefault(element, []).extend(said)
        kinds: dict[Engine, _Kind] = {}
        for element in html.wrapper_element.iter_subtree():
            parent = kinds[element.parent.etree_element] if element.parent else None
            kinds[element.etree_element] = self._add(element, parent, target_collector)

    def _add(self, element: Engine, parent: _Kind | None, collector: Engine) -> _Kind:
        """Add an element of a document. Return its kind."""
        node = element.etree_element
        own = self._own.get(node, [])
        matched = [
            (sheet, origin, sheet_weight or weight, inf if layer is None else sheet.layers.index(layer), pseudo, said)
            for sheet, origin, sheet_weight in self._sheets
            for weight, _, pseudo, (said, layer) in sheet.matcher.match(element)
        ]
        key = (
            id(parent),
            tuple(_comparable(name, values, weight) for weight, name, values, _ in own if name != "anchor"),
            tuple((id(said), weight) for _, _, weight, _, _, said in matched),
        )
        kind = self._kinds.get(key)
        if kind is None:
            kind = self._kinds[key] = self._made(own, matched, parent)
        style = kind.style
        anchors = [(values, (3, inf, weight)) for weight, name, values, _ in own if name == "anchor"]
        if anchors:
            style = style.copy()
            style.pop("anchor", None)
            style.cascaded = {**style.cascaded, "anchor": anchors[-1]}
        if collector and style["anchor"]:
            collector.collect_anchor(style["anchor"])
        self._computed_styles[node, None] = style
        self._computed_styles.update(((node, name), pseudo) for name, pseudo in kind.pseudo.items())
        return kind

    def _made(self, own: list[Engine], matched: list[Engine], parent: _Kind | None) -> _Kind:
        """Return a new kind: its declarations weighed as CSS Cascade 4 §6 has it, the later of two alike heavier."""
        cascaded: dict[str | None, dict[str, Engine]] = {None: {}}
        for weight, name, values, is_important in own:
            if name != "anchor":
                precedence = css.declaration_precedence("author", is_important)
                _weigh(cascaded[None], name, values, (precedence, inf, weight))
        for _, origin, weight, layer, pseudo, said in matched:
            style = cascaded.setdefault(pseudo, {})
            for name, values, is_important in said:
                _weigh(style, name, values, (css.declaration_precedence(origin, is_important), layer, weight))
        made = self._computed(cascaded.pop(None), None, parent.style if parent else None)
        if parent is None:
            self._root = made
        return _Kind(made, {name: self._computed(said, name, made) for name, said in cascaded.items() if name})

    def _computed(self, cascaded: dict[str, Engine], pseudo: str | None, parent: Engine) -> Engine:
        root = self._root if parent is not None else css.InitialStyle(self.font_config)
        return css.ComputedStyle(
            parent, cascaded, pseudo, root, self._base_url, self.font_config, self.initial_page_sizes
        )

    def add_page(self, page_type: PageType, html: Engine) -> None:
        """Add the styles of a page and its margin boxes: those of the first page that the same rules fit."""
        fits = tuple(self._rules_of(page_type))
        if fits not in self._page_kinds:
            self._cascaded_styles.clear()
            set_page_type_computed_styles(page_type, html, self)
            self._page_kinds[fits] = page_type, (None, *(pseudo for _, pseudo in self._cascaded_styles if pseudo))
        known, parts = self._page_kinds[fits]
        for part in parts:
            self._computed_styles[page_type, part] = self._computed_styles[known, part]

    def _rules_of(self, page_type: PageType) -> Iterator[bool]:
        for sheet, _, _ in self._sheets:
            for _, selectors, _ in sheet.page_rules:
                yield from (self._page_type_match(selector, page_type) for _, _, selector in selectors)


def _comparable(name: str, values: Engine, weight: Engine) -> Engine:
    """Return a declaration of an element's own, by its value where that can be compared and as itself where not."""
    try:
        hash(values)
    except TypeError:
        return name, id(values), weight
    return name, values, weight


def _weigh(style: dict[str, Engine], name: str, values: Engine, weight: tuple[Engine, ...]) -> None:
    known = style.get(name)
    if known is None or known[1] <= weight:
        style[name] = values, weight


def _style_for(plain: Function) -> Function:
    """Wrap the engine's class: ours, which does the same with less."""
    del plain
    return SharedStyles


PATCHES = (
    Patch(
        "weasyprint.css",
        "StyleFor",
        "html sheets presentational_hints font_config target_collector",
        _style_for,
    ),
)
