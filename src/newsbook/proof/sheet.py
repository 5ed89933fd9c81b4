"""Bind galleys into one page of HTML. It needs nothing beside it, runs only its own script, and sends nothing.

Whatever stands in a raw page is text here, for the template escapes it. The policy that the page states allows one
style sheet and one script, both named by their hashes, and pictures that are part of the page.
"""

import base64
import hashlib
import unicodedata
from typing import TYPE_CHECKING

from newsbook.assets import read_asset, template_environment
from newsbook.proof.galley import Galley

if TYPE_CHECKING:
    from markupsafe import Markup


def make_sheet(title: str, galleys: tuple[Galley, ...]) -> bytes:
    """Return the proof sheet as UTF-8 HTML, the articles with open doubts first."""
    from markupsafe import Markup

    css, script = read_asset("styles/proof.css"), read_asset("templates/proof.js")
    page = (
        template_environment()
        .get_template("proof.html")
        .render(
            title=title,
            galleys=sorted(galleys, key=lambda galley: not galley.open),
            css=Markup(css),  # noqa: S704 - our own file.
            script=Markup(script),  # noqa: S704 - our own file.
            policy=_policy(css, script),
            data=_data,
            visible=visible,
            percent=percent,
            kind=lambda name: name.replace("-", " "),
        )
    )
    return page.strip().encode("utf-8", "replace") + b"\n"


def _policy(css: str, script: str) -> str:
    """Return the content security policy: https://www.w3.org/TR/CSP3/ ."""
    return (
        f"default-src 'none'; img-src data:; style-src '{_digest(css)}'; script-src '{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _data(galley: Galley) -> "Markup":
    """Return a galley's data so that nothing in it can end the element that it stands in."""
    from markupsafe import Markup

    text = galley.data.replace("<", "\\u003c").replace("&", "\\u0026")
    return Markup(text)  # noqa: S704 - no angle bracket is left in it.


def visible(text: str) -> str:
    r"""Write characters that show nothing, or steer what stands beside them, by their codes.

    >>> visible("渡\ufeff口")
    '渡⟨U+FEFF⟩口'
    """
    return "".join(f"⟨U+{ord(c):04X}⟩" if _shows_nothing(c) else c for c in text)


def _shows_nothing(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"} and character != "\t"


def percent(confidence: float) -> str:
    """Write a confidence as a percentage, never rounding up to certainty.

    >>> percent(1.0), percent(0.997), percent(0.5)
    ('100 %', '99 %', '50 %')
    """
    return f"{int(confidence * 100 + 1e-9)} %"
