"""The shape that ARCHITECTURE.md draws, held against the imports that the code makes."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from itertools import chain
from pathlib import Path

import pytest
from msgspec import Struct

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src"
PACKAGE = "newsbook"
MODULES = {
    ".".join(path.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted((SOURCE / PACKAGE).rglob("*.py"))
}
# The entrance stands above the floors: it only calls the command line. The public names stand above the pipeline.
ABOVE = {PACKAGE, f"{PACKAGE}.__main__"}

# What takes long to load, and has no business in a call that only wants to read the help.
HEAVY = {
    "PIL", "ebooklib", "ftfy", "httpcore", "httpx", "jinja2", "lxml", "opencc", "pikepdf", "protego", "pypdfium2",
    "weasyprint",
}  # fmt: skip


class Import(Struct, frozen=True):
    """An import: the module that makes it, the one that it names, its line, and whether it waits in a function."""

    importer: str
    imported: str
    line: int
    is_late: bool

    def __str__(self) -> str:
        return f"{MODULES[self.importer].relative_to(ROOT)}:{self.line} imports {self.imported}"


def imports_of(module: str) -> Iterator[Import]:
    yield from _imports(ast.parse(MODULES[module].read_text("utf-8")), module, is_late=False)


def _imports(node: ast.AST, module: str, *, is_late: bool) -> Iterator[Import]:
    if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
        return
    names: list[str] = []
    if isinstance(node, ast.Import):
        names = [alias.name for alias in node.names]
    elif isinstance(node, ast.ImportFrom):
        assert node.level == 0, f"{module}:{node.lineno} is a relative import"
        names = [_named(f"{node.module}", alias.name) for alias in node.names]
    yield from (Import(module, name, node.lineno, is_late) for name in names)  # type: ignore[attr-defined]
    within = is_late or isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
    for child in ast.iter_child_nodes(node):
        yield from _imports(child, module, is_late=within)


def _named(module: str, name: str) -> str:
    """Return what `from module import name` loads: the submodule where there is one, else the module."""
    return f"{module}.{name}" if f"{module}.{name}" in MODULES else module


ALL = tuple(chain.from_iterable(map(imports_of, MODULES)))
OWN = tuple(each for each in ALL if each.imported.split(".")[0] == PACKAGE)


def floors() -> dict[str, int]:
    """Return the floor of each neighbour, as ARCHITECTURE.md has it: a line is a number and names between bars."""
    text = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    lines = re.findall(r"^([0-9])  (\w+(?: \| \w+)*)$", text, re.MULTILINE)
    return {name: int(floor) for floor, names in lines for name in names.split(" | ")}


def neighbour(module: str) -> str:
    """Return the part of the program that a module belongs to: `newsbook.desk.head` is of the `desk`."""
    return module.split(".")[1]


def test_every_module_has_its_floor() -> None:
    assert {neighbour(module) for module in MODULES if module not in ABOVE} == set(floors())


def test_imports_point_down() -> None:
    floor = floors()
    inner = [each for each in OWN if each.importer not in ABOVE]
    upward = [
        str(each)
        for each in inner
        if each.imported in ABOVE or floor[neighbour(each.importer)] < floor[neighbour(each.imported)]
    ]
    assert upward == []


def test_neighbours_do_not_know_each_other() -> None:
    """On the lowest floor, the one of plain data, they may: the cycle test watches over it."""
    floor = floors()
    across = [
        str(each)
        for each in OWN
        if each.importer not in ABOVE
        and each.imported not in ABOVE
        and neighbour(each.importer) != neighbour(each.imported)
        and floor[neighbour(each.importer)] == floor[neighbour(each.imported)]
    ]
    assert across == []


def test_no_cycles() -> None:
    graph = {module: {each.imported for each in OWN if each.importer == module} for module in MODULES}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" → ".join(error.args[1]))


def test_only_the_command_line_prints_exits_and_reads_the_environment() -> None:
    reserved = re.compile(r"print|exit|quit|sys\.exit|sys\.stdout|sys\.stderr|os\.environ|os\.getenv|os\._exit")
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno} {ast.unparse(node)}"
        for module, path in MODULES.items()
        if not module.startswith(f"{PACKAGE}.cli")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Name | ast.Attribute) and isinstance(node.ctx, ast.Load)
        if reserved.fullmatch(ast.unparse(node))
    ]
    assert found == []


def test_the_model_needs_nothing_but_the_standard_library_and_msgspec() -> None:
    modules = [module for module in MODULES if module not in ABOVE and neighbour(module) in {"model", "diagnostics"}]
    assert modules
    for module in modules:
        roots = {each.imported.split(".")[0] for each in ALL if each.importer == module and each not in OWN}
        assert roots - sys.stdlib_module_names <= {"msgspec"}


def loaded_with(module: str) -> set[str]:
    """Return the modules of ours that loading `module` loads, by the imports that do not wait in a function."""
    loaded, ahead = set[str](), [module, PACKAGE]
    while ahead:
        current = ahead.pop()
        if current in loaded:
            continue
        loaded.add(current)
        parents = [".".join(current.split(".")[:depth]) for depth in range(1, current.count(".") + 1)]
        ahead += parents + [each.imported for each in OWN if each.importer == current and not each.is_late]
    return loaded


def test_the_command_line_waits_with_the_engines() -> None:
    early = loaded_with(f"{PACKAGE}.cli")
    assert f"{PACKAGE}.pipeline" in early
    offenders = [
        str(each)
        for each in ALL
        if each.importer in early and not each.is_late and each.imported.split(".")[0] in HEAVY
    ]
    assert offenders == []


def test_help_loads_no_engine() -> None:
    """What the imports say must be what the interpreter does."""
    code = f"import sys, newsbook.cli; print(*({HEAVY!r} & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONPATH": str(SOURCE)}
    )
    assert done.stdout.split() == []
