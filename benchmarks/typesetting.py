"""Set the same text with newsbook, plain WeasyPrint, Typst and Chromium, and measure the lines of each.

    python benchmarks/typesetting.py [LINECHECK.py]         needs: pip install typst; chromium on the path

The text is invented, the face, the size and the measure are the same for all; at 40 ems everything is set and timed,
in the columns of 20 and 15 what is compared. With a program that measures lines from the positions of glyphs (one that
takes a PDF and `--json`) its figures are printed beside the times, and then whether newsbook is ahead of Typst and
Chromium, level or behind. It is 1 that is returned where it is behind at 40 ems, or where the program finds nothing
wrong with a page that breaks every rule. Times are of the processor, of this process and those it started, the best of
several runs in turns. `newsbook` cuts the face down to the text first, as it does for an edition; `lines alone` does
not, so that it stands beside `weasyprint` for the time that the lines take.
"""

import html
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import weasyprint

from newsbook.fonts.derived import cut_for_print
from newsbook.fonts.faces import FontFile
from newsbook.writers.pdf.engine import cjk_lines

SIZE, LEADING, ROUNDS = 10.5, 18.0, 5
WIDE, NARROW = 40, (20, 15)
# Lines begin and end on whole pixels, to which Chromium moves them, and on quarters of a point, to which the program
# rounds the measure: beside A4 by a fifth of a point.
PAGE = (595.5, 842.25)
FACES = {"zh-Hans": "Noto Serif CJK SC", "zh-Hant": "Noto Serif CJK TC", "ja": "Noto Serif CJK JP"}
COLUMNS = ("lines", "kinsoku", "ragged_max", "ragged_share", "squeezed", "spaced", "pitch_sd", "pitch_max", "off_grid")

# Of each figure, whether more of it is better, and what difference is none.
AIMS = {
    "kinsoku": (-1, 0.0),
    "ragged_max": (-1, 0.02),
    "ragged_share": (-1, 0.001),
    "squeezed": (1, 0.001),
    "spaced": (1, 0.001),
    "pitch_sd": (-1, 0.0005),
    "pitch_max": (-1, 0.005),
    "off_grid": (-1, 0.001),
}

SENTENCES = {
    "zh-Hans": (
        "渡口的早市六点开张，卖豆花的陈阿婆总是第一个到。",
        "她说：“天没亮就起来磨豆子，习惯了。”",
        "街坊会把旧凉亭改成了小书房（名叫“慢读”），3个月里借出1200多本书。",
        "管理员小周说，最受欢迎的是《渡口志》、《江上的灯》和《老街食谱》。",
        "“有人读了3遍，”她笑着说，“还问有没有续篇。”",
        "今年春天，街坊会又添了Wi-Fi和12盏台灯……",
        "“来的人多了，”陈阿婆说，“豆花也卖得快了——每天60碗，不到9点就没有了。”",
        "下一步，他们想把码头边的仓库（约200平方米）也收拾出来，办一个PDF和EPUB都能读的电子阅览角。",
        "摆渡船每15分钟一班，票价2元，老人和孩子免费。",
        "船老大姓林，在江上走了三十七年，闭着眼也能靠岸。",
        "去年汛期水位涨到18.6米，旧码头淹了半截；新码头抬高了1.2米，今年再没有进过水。",
        "问他累不累，他摆摆手：“水在走，船就得走。”",
        "傍晚的江面很静，远处有人唱歌，近处有人收网，灯一盏一盏亮起来。",
        "镇上的中学离渡口不到一里，放学铃一响，台阶上就坐满了等船的学生。",
        "他们有的背书，有的下棋，有的什么也不做，只是看水。",
    ),
    "ja": (
        "港町の古い駅舎が、この春、小さな図書室に生まれ変わった。",
        "「駅がなくなっても、人が集まる場所は残したい」と、町内会長の林さん（68）は話す。",
        "利用者は1日平均40人で、週末には100人を超えることもある。",
        "書架には、町の歴史をまとめた『渡し場の記』や、住民が寄せた文庫本など約3200冊が並ぶ。",
        "午前9時から午後6時まで開いており、月曜は休館。",
        "子どもたちは「学校の帰りに寄れるのがいい」「夏は涼しい」と笑う。",
        "PCが使える席も12席あり、EPUBの本を読むこともできる。",
        "開室から3か月、貸し出しは延べ2400冊になった。",
        "「ここに来ると、だれかに会える。それが一番うれしい」。常連の女性は、そう言って本を閉じた。",
    ),
}


@cache
def paragraphs(language: str) -> list[str]:
    """Return invented text, always the same."""
    chance = random.Random(7)  # noqa: S311 - text to measure with, no secret.
    source = SENTENCES["ja" if language == "ja" else "zh-Hans"]
    drawn = ["".join(chance.sample(source, chance.randint(3, 8))) for _ in range(80)]
    if language != "zh-Hant":
        return drawn
    from opencc import OpenCC

    corners = str.maketrans("“”‘’", "「」『』")
    return [OpenCC("s2tw").convert(text).translate(corners) for text in drawn]


def page(language: str, measure: int, face: str = "", rules: str = "") -> str:
    """Return the text as HTML, with the file of its face where that is not the installed one, and more rules."""
    side = (PAGE[0] - measure * SIZE) / 2
    cut = '"Cut", ' if face else ""
    body = "".join(f"<p>{html.escape(text)}</p>" for text in paragraphs(language))
    return (
        f'<!DOCTYPE html><html lang="{language}"><meta charset="utf-8"><style>'
        f'@font-face {{ font-family: "Cut"; src: url("{face}") }}'
        f"@page {{ size: {PAGE[0]}pt {PAGE[1]}pt; margin: 50pt {side:.3f}pt }}"
        f' body {{ font: {SIZE}pt/{LEADING}pt {cut}"{FACES[language]}"; margin: 0 }}'
        " body { text-align: justify; font-kerning: none }"
        f" p {{ margin: 0; text-indent: 2em }}{rules}</style>{body}</html>"
    )


def with_weasyprint(language: str, measure: int, target: Path) -> None:
    """Set it with the engine as it is."""
    weasyprint.HTML(string=page(language, measure)).write_pdf(target)


def with_lines(language: str, measure: int, target: Path) -> None:
    """Set it with the engine as newsbook teaches it."""
    with cjk_lines(lambda finding: sys.exit(finding.message)):
        with_weasyprint(language, measure, target)


def with_newsbook(language: str, measure: int, target: Path) -> None:
    """Set it as newsbook does: with the engine as it teaches it, in a face that it has cut."""
    program = shutil.which("fc-match") or "fc-match"
    match = subprocess.run(
        [program, "-f", "%{file}|%{index}", FACES[language]], check=True, capture_output=True, text=True
    )
    path, _, index = match.stdout.partition("|")
    face = target.with_suffix(".otf")
    face.write_bytes(cut_for_print(FontFile(path, int(index)), frozenset("".join(paragraphs(language)))))
    with cjk_lines(lambda finding: sys.exit(finding.message)):
        weasyprint.HTML(string=page(language, measure, face.as_uri())).write_pdf(target)


def with_typst(language: str, measure: int, target: Path) -> None:
    """Set it with Typst."""
    import typst

    code, _, script = language.partition("-")
    region = {"Hans": "cn", "Hant": "tw", "": "jp"}[script]
    side = (PAGE[0] - measure * SIZE) / 2
    head = (
        f"#set page(width: {PAGE[0]}pt, height: {PAGE[1]}pt, margin: (x: {side:.3f}pt, y: 50pt))\n"
        f'#set text(font: "{FACES[language]}", size: {SIZE}pt, lang: "{code}", region: "{region}")\n'
        f"#set par(justify: true, leading: {LEADING - SIZE}pt, spacing: {LEADING - SIZE}pt,"
        " first-line-indent: (amount: 2em, all: true))\n"
    )
    body = "\n\n".join(f"#{json.dumps(text, ensure_ascii=False)}" for text in paragraphs(language))
    source = target.with_suffix(".typ")
    source.write_text(head + body, "utf-8")
    target.write_bytes(typst.compile(str(source)))


def with_chromium(language: str, measure: int, target: Path) -> None:
    """Set it with Chromium."""
    program = shutil.which("chromium") or shutil.which("google-chrome") or "chromium"
    source = target.with_suffix(".html")
    source.write_text(page(language, measure), "utf-8")
    options = ("--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer")
    subprocess.run(
        [program, *options, f"--print-to-pdf={target}", source.as_uri()], check=True, capture_output=True, timeout=120
    )


SETTERS: dict[str, Callable[[str, int, Path], None]] = {
    "newsbook": with_newsbook,
    "lines alone": with_lines,
    "weasyprint": with_weasyprint,
    "typst": with_typst,
    "chromium": with_chromium,
}
RIVALS = ("typst", "chromium")


def with_faults(language: str, measure: int, target: Path) -> None:
    """Set it against every rule: plain, with lines that begin with commas, some spaced, some off the grid."""
    rules = "p:nth-child(2n) { letter-spacing: .06em } p:nth-child(3n) { position: relative; top: 3pt }"
    wrong = page(language, measure, rules=rules).replace("，", "<br>，").replace("、", "<br>、")
    weasyprint.HTML(string=wrong).write_pdf(target)


def spent() -> float:
    """Return the processor's time so far, of this process and its children, in seconds."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def best(language: str, folder: Path) -> dict[str, float]:
    """Return the shortest time of each, the runs in turns."""
    kept: dict[str, list[float]] = {name: [] for name in SETTERS}
    for _ in range(ROUNDS):
        for name, setter in SETTERS.items():
            start = spent()
            setter(language, WIDE, folder / f"{name}-{language}.pdf")
            kept[name].append(spent() - start)
    return {name: min(times) for name, times in kept.items()}


def figures(checker: str, pdf: Path) -> dict[str, float]:
    """Return what the checker measures."""
    done = subprocess.run([sys.executable, checker, str(pdf), "--json"], check=True, capture_output=True, text=True)
    measured: dict[str, float] = json.loads(done.stdout)
    return measured


def verdict(column: str, ours: dict[str, float], theirs: dict[str, float]) -> str:
    """Return how a figure stands beside that of another."""
    sign, tolerance = AIMS[column]
    lead = sign * (ours[column] - theirs[column])
    return "level" if abs(lead) <= tolerance + 1e-9 else "ahead" if lead > 0 else "behind"


def timed(checker: str, folder: Path) -> dict[str, dict[str, dict[str, float]]]:
    """Set everything at 40 ems, print figures and times, and return the figures by language and by who set it."""
    print(f"| | {' | '.join(COLUMNS)} | KB | s |")
    print("|---" * (len(COLUMNS) + 3) + "|")
    measured: dict[str, dict[str, dict[str, float]]] = {}
    for language in FACES:
        paragraphs(language)
        times = best(language, folder)
        measured[language] = {}
        for setter, seconds in times.items():
            pdf = folder / f"{setter}-{language}.pdf"
            row = measured[language][setter] = figures(checker, pdf) if checker else {}
            cells = " | ".join(str(row.get(column, "")) for column in COLUMNS)
            print(f"| {setter} {language} | {cells} | {pdf.stat().st_size // 1000} | {seconds:.2f} |", flush=True)
        ratio = times["lines alone"] / times["weasyprint"]
        print(f"| lines : without, {language} |{' |' * (len(COLUMNS) + 1)} {ratio:.2f} |", flush=True)
    return measured


def narrow(checker: str, folder: Path, measure: int) -> dict[str, dict[str, dict[str, float]]]:
    """Set what is compared in a narrow column, and return the figures."""
    measured: dict[str, dict[str, dict[str, float]]] = {}
    for language in FACES:
        measured[language] = {}
        for setter in ("newsbook", *RIVALS):
            pdf = folder / f"{setter}-{language}-{measure}.pdf"
            SETTERS[setter](language, measure, pdf)
            measured[language][setter] = figures(checker, pdf)
    return measured


def compare(measured: dict[str, dict[str, dict[str, float]]], measure: int) -> bool:
    """Print how newsbook stands beside the others. Return whether it is behind anywhere."""
    is_behind = False
    for language, rows in measured.items():
        for rival in RIVALS:
            found = {column: verdict(column, rows["newsbook"], rows[rival]) for column in AIMS}
            cells = (
                f"{found[column]} ({rows['newsbook'][column]:g} : {rows[rival][column]:g})"
                if found[column] == "behind"
                else found[column]
                for column in AIMS
            )
            print(f"| {measure} em, {rival} {language} | {' | '.join(cells)} |")
            is_behind |= "behind" in found.values()
    return is_behind


def unseen(checker: str, folder: Path, measured: dict[str, dict[str, dict[str, float]]]) -> list[str]:
    """Return the figures in which a page that breaks every rule is not behind: the program does not see them."""
    pdf = folder / "faults.pdf"
    found = []
    for language, rows in measured.items():
        with_faults(language, WIDE, pdf)
        wrong = figures(checker, pdf)
        found += [f"{column} {language}" for column in AIMS if verdict(column, wrong, rows["newsbook"]) != "behind"]
    return found


def main() -> int:
    """Set, measure, print and compare."""
    checker = next(iter(sys.argv[1:]), "")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        measured = timed(checker, folder)
        if not checker:
            return 0
        print(f"\n| newsbook beside | {' | '.join(AIMS)} |")
        print("|---" * (len(AIMS) + 1) + "|")
        is_behind = compare(measured, WIDE)
        for measure in NARROW:
            compare(narrow(checker, folder, measure), measure)
        missed = unseen(checker, folder, measured)
        print(f"\nFaults made on purpose that the program does not see: {', '.join(missed) or 'none'}.")
    return int(is_behind or bool(missed))


if __name__ == "__main__":
    sys.exit(main())
