"""Every form of input as data: tests/readers/data/FORM/CASE/in.* beside article.json, what should come of it.

`in.*` is the input, or a folder that is zipped to be it; in `names` it is a list of inputs. article.json holds an
article or a list of them in newsbook's own JSON; findings.txt what is said on the way, but for repairs; error.txt why
there is no article, with the exit code.
`pytest tests/readers/test_data.py --update` writes them anew.
"""

import zipfile
from pathlib import Path

import msgspec
import pytest

from making import taken
from newsbook.diagnostics import Code, Diagnostic, NewsbookError
from newsbook.inputs import LIST_PREFIX
from newsbook.model import Article
from newsbook.native import dump

DATA = Path(__file__).parent / "data"
CASES = sorted(path for path in DATA.glob("*/*") if path.is_dir())
_FORMS = (
    "records", "csv", "aozora", "markdown", "native", "feed", "sitemap", "ninjs", "nitf", "newsml", "docx", "epub",
    "warc", "zip", "list",
)  # fmt: skip
_EXPECTED = ("article.json", "findings.txt", "error.txt")
_ALWAYS = frozenset({Code.ALT_TEXT_UNKNOWN, Code.REPAIRED})


def packed(source: Path, folder: Path) -> Path:
    """Return the input, zipped in `folder` where it lies unpacked; `mimetype` comes first, as OCF wants it."""
    if source.is_file() or not source.suffix:
        return source
    target = folder / source.name
    with zipfile.ZipFile(target, "w") as archive:
        for path in sorted(filter(Path.is_file, source.rglob("*")), key=lambda path: (path.name != "mimetype", path)):
            archive.writestr(zipfile.ZipInfo(path.relative_to(source).as_posix()), path.read_bytes())
    return target


def came(case: Path, folder: Path) -> dict[str, str]:
    """Return what comes of the input of a case, by the name of the file that has it."""
    (source,) = case.glob("in*")
    found: list[Diagnostic] = []
    prefix = LIST_PREFIX if case.name == "names" else ""
    try:
        stories = taken((f"{prefix}{packed(source, folder)}",), report=found.append).stories
    except NewsbookError as error:
        return {"error.txt": f"{error.exit.value} {error}\n", **said(found)}
    return {"article.json": written(tuple(story.article for story in stories)), **said(found)}


def said(found: list[Diagnostic]) -> dict[str, str]:
    lines = [f"{each.code} {each.where}: {each.message}\n" for each in found if each.code not in _ALWAYS]
    return {"findings.txt": "".join(lines)} if lines else {}


def written(articles: tuple[Article, ...]) -> str:
    if len(articles) == 1:
        return dump(articles[0]).decode()
    return msgspec.json.format(msgspec.json.encode(articles), indent=2).decode() + "\n"


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_what_comes_of_the_input_is_what_should(case: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    got = came(case, tmp_path)
    if request.config.getoption("--update"):
        for name in _EXPECTED:
            (case / name).unlink(missing_ok=True)
            if name in got:
                (case / name).write_text(got[name], "utf-8")
    expected = {name: (case / name).read_text("utf-8") for name in _EXPECTED if (case / name).exists()}
    assert got == expected


def test_there_are_cases_of_every_form() -> None:
    assert {case.parent.name for case in CASES} == set(_FORMS)
    assert len(CASES) >= 60
