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
    lines = re.findall(r"^(\d+) +(\w+(?: \| \w+)*)$", text, re.MULTILINE)
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
        if not module.startswith(f"{PACKAGE}.cli") and module not in ABOVE
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Name | ast.Attribute) and isinstance(node.ctx, ast.Load)
        if reserved.fullmatch(ast.unparse(node))
    ]
    assert found == []


class Reach(Struct, frozen=True):
    """How code reaches for what is outside of the program: patterns of the modules it imports, and of what it calls.

    The patterns go by names, so that a method of another type, such as `received.open()`, must not match.
    """

    imports: str
    calls: str


_ON_DISK = (
    "read_text|read_bytes|write_text|write_bytes|mkdir|rmdir|unlink|touch|symlink_to|hardlink_to|iterdir|rglob|exists|"
    "is_file|is_symlink|stat|lstat|resolve|chmod|samefile"
)
REACHES = {
    "the disk": Reach(
        "tempfile|shutil|glob|fcntl|mmap",
        rf"open|.*\.open\('[rwabx+t]+'.*|.*\.(?:{_ON_DISK})|os\.(?:open|fdopen|listdir|scandir|walk|access|replace|rename"
        "|remove|unlink|mkdir|makedirs|stat|lstat|fsync|chmod|umask|mkfifo|mknod|link|symlink)",
    ),
    "a socket": Reach("socket", r"(?!)"),
    "the network": Reach(
        "ssl|socketserver|httpx|httpcore|http.client|http.server|urllib.request|ftplib|smtplib", r"(?!)"
    ),
    "the clock": Reach(
        "(?!)",
        r"time\.(?:time|time_ns|monotonic|sleep|perf_counter|localtime|gmtime|strftime)"
        r"|(?:.*\.)?datetime\.(?:now|utcnow|today)|(?:.*\.)?date\.today",
    ),
    "the environment": Reach(
        "getpass|pwd", r"os\.(?:environ|getenv|getcwd|getlogin)|.*\.(?:expanduser|home|cwd)|platform\.\w+"
    ),
    "the locale": Reach("locale", r"(?!)"),
    "chance": Reach("random|secrets", r"uuid\.uuid[14]|os\.urandom"),
    "other programs": Reach(
        "subprocess|multiprocessing|pty", r"os\.(?:system|popen|fork|exec\w+|spawn\w+|posix_spawn\w*)"
    ),
}


def allowed() -> dict[str, set[str]]:
    """Return who may reach for what, as the table of purity in ARCHITECTURE.md has it."""
    text = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    table = text.partition("| reaches for | where |")[2].partition("\n\n")[0]
    rows = re.findall(r"^\| ([a-z ]+) \| (.*) \|$", table, re.MULTILINE)
    return {what: {f"{PACKAGE}.{name}" for name in re.findall(r"`([\w.]+)`", who)} for what, who in rows}


def reaches_of(module: str) -> Iterator[tuple[str, str]]:
    """Yield what a module reaches for, and where it does so."""
    path = MODULES[module]
    tree = ast.parse(path.read_text("utf-8"))
    imported = [(each.imported, each.line) for each in ALL if each.importer == module]
    named = [(_called(node), node.lineno) for node in ast.walk(tree) if isinstance(node, ast.Call | ast.Attribute)]
    for what, reach in REACHES.items():
        imports = [entry for entry in imported if re.fullmatch(rf"(?:{reach.imports})(?:\..*)?", entry[0])]
        calls = [entry for entry in named if re.fullmatch(reach.calls, entry[0], re.DOTALL)]
        yield from ((what, f"{path.relative_to(ROOT)}:{line} {text}") for text, line in (*imports, *calls))


def _called(node: ast.Call | ast.Attribute) -> str:
    """Return the name of what is called or looked up; with the mode, where a file is opened."""
    if isinstance(node, ast.Attribute):
        return ast.unparse(node)
    name = ast.unparse(node.func)
    return f"{name}({', '.join(map(ast.unparse, node.args))})" if name.endswith(".open") else name


def test_what_is_outside_of_the_program_is_reached_for_as_the_table_says() -> None:
    permitted = allowed()
    assert permitted.keys() == REACHES.keys()
    found = [(module, what, where) for module in MODULES for what, where in reaches_of(module)]
    assert [
        f"{where}: {what}" for module, what, where in found if not any(_is_in(module, who) for who in permitted[what])
    ] == []
    reaching = {(who, what) for what, names in permitted.items() for who in names}
    used = {(who, what) for module, what, _ in found for who in permitted[what] if _is_in(module, who)}
    assert reaching == used


def _is_in(module: str, folder: str) -> bool:
    return module == folder or module.startswith(f"{folder}.")


@pytest.mark.parametrize(
    ("code", "what"),
    [
        ("open(name)", "the disk"),
        ("path.open('rb')", "the disk"),
        ("path.read_bytes()", "the disk"),
        ("os.replace(one, other)", "the disk"),
        ("datetime.now(UTC)", "the clock"),
        ("time.monotonic", "the clock"),
        ("os.environ['HOME']", "the environment"),
        ("Path.home()", "the environment"),
        ("uuid.uuid4()", "chance"),
        ("os.system('ls')", "other programs"),
    ],
)
def test_a_reach_is_seen(code: str, what: str) -> None:
    nodes = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Call | ast.Attribute)]
    assert any(re.fullmatch(REACHES[what].calls, _called(node), re.DOTALL) for node in nodes)


def test_nobody_reads_the_body_of_a_document_with_a_pattern() -> None:
    """What a body holds, its document says: `text`, `images` and so on, read out of it where it is made."""
    patterns = {"search", "match", "fullmatch", "findall", "finditer", "sub", "subn", "split"}
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno} {ast.unparse(node)}"
        for module, path in MODULES.items()
        if neighbour(f"{module}.") in {"writers", "layout", "fonts"}
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if (isinstance(node, ast.Call) and _method(node) in patterns and any(map(_is_body, [*node.args, node.func])))
        or (isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.In) and any(map(_is_body, node.comparators)))
    ]
    assert found == []


def _method(call: ast.Call) -> str:
    return ast.unparse(call.func).rpartition(".")[2]


def _is_body(node: ast.expr) -> bool:
    """Tell whether a document's body is in an expression; an article's is no text."""
    parts = (part for part in ast.walk(node) if isinstance(part, ast.Attribute) and part.attr == "body")
    return any(ast.unparse(part.value) not in {"article", "story"} for part in parts)


# The lines of a function at most, its docstring among them.
LONGEST = 40

# Where private parts of other people's code may be reached into, each behind a gate that knows what it relies on.
ENGINE = f"{PACKAGE}.writers.pdf.engine"
GATED = (ENGINE, f"{PACKAGE}.writers.epub.entries")


def test_no_function_is_longer_than_forty_lines() -> None:
    long = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name} has {lines} lines"
        for path in MODULES.values()
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        if (lines := (node.end_lineno or node.lineno) - node.lineno + 1) > LONGEST
    ]
    assert long == []


# What looks private and is not: lxml's name for its elements, a method of named tuples, and the end of a process.
PUBLIC = {"_Element", "_replace", "_exit"}

# What WeasyPrint's documentation has, and what `zipfile`'s does not have.
DOCUMENTED = {"weasyprint", "weasyprint.text.fonts", "weasyprint.urls"}
UNDOCUMENTED = {"FileHeader", "NameToInfo", "filelist", "fp", "start_dir"}


def gated(module: str) -> bool:
    return any(module == one or module.startswith(f"{one}.") for one in GATED)


def reached_into(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield where a private name of another's object is used, or one of `zipfile`, or where a `ZipFile` is derived."""
    for node in ast.walk(tree):
        match node:
            case (
                ast.Attribute(value=ast.Name(id="self" | "cls")) | ast.Attribute(value=ast.Call(func=ast.Name("super")))
            ):
                continue
            case ast.Attribute(attr=name) if name.startswith("_") and not name.startswith("__") and name not in PUBLIC:
                yield node
            case ast.Attribute(attr=name) if name in UNDOCUMENTED:
                yield node
            case ast.ClassDef(bases=bases) if any("ZipFile" in ast.unparse(base) for base in bases):
                yield node
            case ast.Call(func=ast.Name("getattr" | "setattr"), args=[_, ast.Constant(str(name)), *_]) if (
                name[0] == "_"
            ):
                yield node


def test_only_what_is_gated_reaches_into_private_parts() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)} {ast.unparse(node)}"
        for module, path in MODULES.items()
        if not gated(module)
        for node in reached_into(ast.parse(path.read_text("utf-8")))
    ]
    assert found == []


@pytest.mark.parametrize(
    "code", ["page._page_box", "archive.start_dir", "class A(zipfile.ZipFile): pass", "getattr(box, '_box')"]
)
def test_reaching_into_private_parts_is_seen(code: str) -> None:
    assert list(reached_into(ast.parse(code)))


def test_only_the_engines_folder_imports_what_weasyprint_does_not_document() -> None:
    found = [
        str(each)
        for each in ALL
        if each.imported.split(".")[0] == "weasyprint" and each.imported not in DOCUMENTED and not gated(each.importer)
    ]
    assert found == []
    assert any(each.imported.startswith("weasyprint.layout") for each in ALL if gated(each.importer))


# Each of these still means more than one thing; no name may join them.
HOMONYMS: set[str] = set()


def test_a_class_name_means_one_thing() -> None:
    names = [
        node.name
        for path in MODULES.values()
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.ClassDef)
    ]
    assert {name for name in names if names.count(name) > 1} <= HOMONYMS


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
    """Whoever wants the help or makes a mistake waits for nothing that does the work."""
    early = loaded_with(f"{PACKAGE}.cli")
    assert {neighbour(module) for module in early - ABOVE} == {"claims", "cli", "diagnostics", "targets"}
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
