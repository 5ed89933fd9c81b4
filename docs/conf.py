"""The pages as a site, by Sphinx: one build for each language, of the Markdown that a forge shows as it stands.

`sphinx-build -t zh-Hant` makes the Chinese site, without the tag it is the English one. scripts/site makes both.
"""

import re
import sys
from pathlib import Path

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform

sys.path.insert(0, str(Path(__file__).parent / "site"))

from searching import SearchBoth

ROOT = Path(__file__).parent.parent
CHINESE = "docs/zh-Hant/"
IS_CHINESE = "zh-Hant" in tags  # noqa: F821 - Sphinx runs this file with its tags

project = "newsbook"
language = "zh_TW" if IS_CHINESE else "en"
extensions = ["myst_parser"]
root_doc = f"{CHINESE}index" if IS_CHINESE else "docs/index"
include_patterns = (
    [f"{CHINESE}**.md"] if IS_CHINESE else ["*.md", "docs/*.md", "examples/*.md", "src/newsbook/repairs/*.md"]
)
exclude_patterns = [".*", "build", "dist", "out"]
locale_dirs = ["docs/site/locale"]
templates_path = ["site/templates"]
highlight_language = "none"
myst_heading_anchors = 4

html_theme = "furo"
html_title = "newsbook"
html_static_path = ["site/static"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_copyright = False
html_show_sphinx = False
html_search_language = "en"
html_sidebars = {
    "**": [
        "sidebar/brand.html",
        "languages.html",
        "sidebar/search.html",
        "sidebar/scroll-start.html",
        "sidebar/navigation.html",
        "sidebar/scroll-end.html",
    ],
}


def add_navigation(_app: Sphinx, name: str, text: list[str]) -> None:
    """Make the lists of an index the navigation: a section for a heading, an entry for the first link of an item."""
    if name != root_doc:
        return
    for section in text[0].split("\n## ")[1:]:
        pages = re.findall(r"^\* \[[^\]]+\]\(([^):]+\.md)\)", section, re.MULTILINE)
        inside = [page for page in pages if not (IS_CHINESE and page.startswith("../"))]
        caption = section.partition("\n")[0]
        if inside:
            text[0] += "\n\n```{toctree}\n:hidden:\n:caption: " + "\n".join([caption, "", *inside]) + "\n```\n"


class LeadOn(SphinxTransform):
    """Links that this site cannot follow: a page of the other language is linked to in its site, a folder is a word."""

    default_priority = 50

    def apply(self, **_: object) -> None:
        """Exchange the links of a document."""
        here = self.env.docname
        for node in list(self.document.findall(pending_xref)):
            target = node["reftarget"]
            if node["refdomain"] == "doc" and target not in self.env.found_docs and (ROOT / f"{target}.md").is_file():
                address = address_of(target, here) + (f"#{node['reftargetid']}" if node["reftargetid"] else "")
                node.replace_self(nodes.reference("", "", *node.children, refuri=address, internal=True))
            elif not node["refdomain"] and (ROOT / here).parent.joinpath(target).is_dir():
                node.replace_self(node.children)


def address_of(page: str, seen_from: str) -> str:
    """Return the address of a page of the other site."""
    up = "../" * (seen_from.count("/") + 1)
    return f"{up}{'zh-Hant' if page.startswith(CHINESE) else 'en'}/{page}.html"


def name_the_other(_app: Sphinx, name: str, _template: str, context: dict[str, object], _tree: object) -> None:
    """Tell the sidebar where a page stands in the other language, and the browser which one this is."""
    short = name.rpartition("/")[2]
    there = f"docs/{short}" if IS_CHINESE else f"{CHINESE}{short}"
    found = (ROOT / f"{there}.md").is_file()
    context["elsewhere"] = address_of(there if found else there.replace(short, "index"), name)
    context["is_chinese"] = IS_CHINESE


def setup(app: Sphinx) -> None:
    """Give Sphinx what it lacks for these pages."""
    app.add_search_language(SearchBoth)
    app.add_transform(LeadOn)
    app.connect("source-read", add_navigation)
    app.connect("html-page-context", name_the_other)
