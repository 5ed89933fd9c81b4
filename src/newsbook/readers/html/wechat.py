"""Find the body of a WeChat message that is no article: a text or pictures, which the page's script fills in."""

import html
import re
from collections.abc import Iterator

from newsbook.readers.html.scriptdata import ScriptBody
from newsbook.readers.html.tree import Tree, attribute, without_markers

_STRING = r"(?:\w{2,20}\(\s*)?(?:'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\")"
_TEXT = re.compile(rf"\btext_page_info\s*[=:]\s*\{{[^{{}}]{{0,4000}}?\bcontent(?:_noencode)?\s*:\s*{_STRING}")
_PICTURES = re.compile(r"\bpicture_page_info_list\s*[=:]\s*\[")
_ADDRESS = re.compile(rf"\bcdn_url\s*:\s*{_STRING}")
# A picture has forms of its own inside it, as a cover for sharing; these stand one brace deeper.
_BRACES = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"|[{}\[\]]")
_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|(.))", re.DOTALL)
_BREAK = re.compile(r"<br\s*/?>|</?p[^>]*>|\n", re.IGNORECASE)
_TAG = re.compile("<[^>]*>")
_PICTURE = 2
_PLAIN = {"n": "\n", "r": "\n", "t": " "}


def find_message(tree: Tree) -> ScriptBody | None:
    """Return the body of a message of text, or of pictures with what the page's description says of them."""
    if any(attribute(element, "id") == "js_content" for element in tree.root.iter("div")):
        return None
    for script in tree.root.iter("script"):
        text = without_markers(script.text or "")
        said = next((_decoded(match[1] or match[2] or "") for match in _TEXT.finditer(text)), "")
        pictures = tuple(dict.fromkeys(_addresses(text)))
        if said or pictures:
            body = "".join(_paragraphs(said or _description(tree)))
            shown = (_picture(each, at, len(pictures)) for at, each in enumerate(pictures, 1))
            return ScriptBody("".join((body, *shown)), script)
    return None


def _addresses(text: str) -> Iterator[str]:
    """Yield the addresses of the pictures in the list of them, without those of their other forms."""
    opening = _PICTURES.search(text)
    if not opening:
        return
    depth, at = 1, opening.end()
    for match in _BRACES.finditer(text, opening.end()):
        if match[0][0] in "'\"":
            found = _ADDRESS.search(text, at, match.end()) if depth == _PICTURE else None
            if found:
                yield _decoded(found[1] or found[2] or "")
        else:
            depth += 1 if match[0] in "{[" else -1
        at = match.end()
        if not depth:
            return


def _picture(address: str, at: int, every: int) -> str:
    """Return a picture, named by its number: the message is its pictures, and a frame must stand for each."""
    return f'<p><img src="{html.escape(address)}" alt="第{at}张图片，共{every}张"></p>'


def _decoded(text: str) -> str:
    """Return the text that a string of a script stands for. What was escaped for HTML is escaped in it twice."""
    return html.unescape(_ESCAPE.sub(_character, text))


def _character(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    return chr(int(code, 16)) if code else _PLAIN.get(match[3], match[3])


def _paragraphs(text: str) -> Iterator[str]:
    lines = (_TAG.sub("", line).strip() for line in _BREAK.split(text))
    return (f"<p>{html.escape(line)}</p>" for line in lines if line)


def _description(tree: Tree) -> str:
    names = ("og:description", "description", "twitter:description")
    told = {attribute(each, "property", "name"): attribute(each, "content") for each in tree.root.iter("meta")}
    return _decoded(next((told[name] for name in names if told.get(name)), ""))
