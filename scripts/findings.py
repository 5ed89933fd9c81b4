"""Write docs/zh-Hant/findings.md, every finding in Chinese: `make findings` does, and a test holds it to the table.

The table is templates/findings.toml, which the preview shows, too.
"""

import tomllib
from pathlib import Path

from newsbook.assets import read_asset
from newsbook.diagnostics import Code, Diagnostic, Severity

PAGE = Path(__file__).parent.parent / "docs" / "zh-Hant" / "findings.md"

_HEAD = """\
# 提示代碼

newsbook 對來稿有甚麼話說，都印在標準錯誤輸出和報告裏，每一種有一個不變的代碼。有**問題**，結束碼就是 3；
**警告**在 `--strict` 之下也算失敗；**附註**只作紀錄，加 `-v` 才印出來。[預覽](../preview.md)裏的中文說明也出自此表；
每一次的原話是英文，指明是哪一處。

[In English](../findings.md)

"""
_NAMES = {Severity.PROBLEM: "問題", Severity.WARNING: "警告", Severity.NOTE: "附註"}


def page() -> str:
    """Return the page: a table for each severity, in the order of the table of meanings."""
    meanings: dict[str, list[str]] = tomllib.loads(read_asset("templates/findings.toml"))["zh-Hant"]
    known = {code.value: Diagnostic(code, "").severity for code in Code}
    parts = [_HEAD]
    for severity, name in _NAMES.items():
        parts.append(f"## {name}\n\n| 代碼 | 意思 | 怎麼辦 |\n|---|---|---|\n")
        own = ((code, said) for code, said in meanings.items() if known.get(code) is severity)
        parts += (f"| `{code}` | {what} | {remedy} |\n" for code, (what, remedy) in own)
        parts.append("\n")
    return "".join(parts).rstrip("\n") + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
