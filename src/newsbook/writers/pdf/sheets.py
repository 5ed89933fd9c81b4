"""Print the pages of a finished PDF on the sheets of a booklet or a handout."""

import io
from collections.abc import Iterator
from decimal import Decimal

import pikepdf

from newsbook.cjk import counted
from newsbook.diagnostics import Code, Diagnostic, Place, Report, ValidationError
from newsbook.writers.pdf.imposition import Box, Imposition, Leaf, PlacedPage, Plan, Side, imposed, padded
from newsbook.writers.pdf.marks import INKS, all_inks, array, bleed_box, box_of, marks_around
from newsbook.writers.pdf.pdfium import characters_of

# What leads to pages, or says what is on them in which order: no page is left that it would be true of.
_OF_PAGES = (
    "/Names", "/Dests", "/Outlines", "/StructTreeRoot", "/MarkInfo", "/PageLabels", "/PageMode", "/PageLayout",
    "/OpenAction",
)  # fmt: skip

# A fold of more sheets stands open, and few staplers reach through it.
_MOST_SHEETS = 20

# Type of 12 points that is printed smaller than at half its size is hardly read.
_SMALLEST = 0.5
_ROUNDING = 0.005

# What of the height of a page may be above its head: documents that begin there have it to themselves.
_HEAD = 2.0


def impose(pdf: bytes, wanted: Imposition, name: str, report: Report) -> bytes:
    """Return a PDF of the pages of another, on sheets; `name` is what findings call it.

    Pages become pictures of themselves, in which text stays text: links, bookmarks and tags are left out. Raises
    `ValidationError` where a character is lost.
    """
    with pikepdf.open(io.BytesIO(pdf)) as file:
        leaves = tuple(_leaf(page) for page in file.pages)
        preferences = file.Root.get("/ViewerPreferences", pikepdf.Dictionary())
        from_right = preferences.get("/Direction") == pikepdf.Name.R2L
        is_booklet = wanted.scheme == "booklet"
        places = padded(len(leaves), _blanks_before(file)) if is_booklet else tuple(range(len(leaves)))
        plan = imposed(leaves, places, wanted, from_right=from_right)
        _draw(file, plan, has_marks=wanted.marks)
        _tell_printers(file, is_booklet=is_booklet)
        finished = io.BytesIO()
        file.save(finished, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    for finding in _findings(plan, places, wanted, Place(name)):
        report(finding)
    _check(finished.getvalue(), pdf, plan)
    return finished.getvalue()


def _leaf(page: pikepdf.Page) -> Leaf:
    left, bottom, right, top = box_of(page.trimbox)
    bleed = max(0.0, left - box_of(bleed_box(page))[0])
    is_turned = int(page.get("/Rotate", 0)) % 180 != 0
    return Leaf(top - bottom, right - left, bleed) if is_turned else Leaf(right - left, top - bottom, bleed)


# --- blanks


def _blanks_before(file: pikepdf.Pdf) -> int:
    """Return before which page blanks stand: the last, or the first of the back matter, where that begins at its head.

    Else they stand at the end, so that they come between no two pages of a story.
    """
    numbers = {page.obj.objgen: number for number, page in enumerate(file.pages)}
    heights = [float(page.mediabox[3]) for page in file.pages]
    begins = {name: (numbers[to[0].objgen], float(to[3])) for name, to in _destinations(file)}
    if not begins:
        return len(heights)
    least = min(heights[page] - top for page, top in begins.values())
    heads = {page for page, top in begins.values() if heights[page] - top < least + _HEAD}
    back, _ = begins.get("back", (0, 0.0))
    return next((page for page in (len(heights) - 1, back) if page and page in heads), len(heights))


def _destinations(file: pikepdf.Pdf) -> Iterator[tuple[str, pikepdf.Object]]:
    """Yield what documents of the edition begin at: pages with the places on them."""
    names = file.Root.get("/Names", pikepdf.Dictionary()).get("/Dests")
    if names is not None:
        # What stands within a document is called after it, as back-imprint.
        yield from ((name, to) for name, to in pikepdf.NameTree(names).items() if "-" not in str(name))


# --- sheets


def _draw(file: pikepdf.Pdf, plan: Plan, *, has_marks: bool) -> None:
    """Put sheets in the place of the pages."""
    pages = list(file.pages)
    boxes = [box_of(page.trimbox) for page in pages]
    turns = [int(page.get("/Rotate", 0)) for page in pages]
    for page in pages if plan.bleed else ():
        # The form is cut where the bleed ends.
        page.obj.TrimBox = bleed_box(page)
    inks = all_inks(file) if has_marks else None
    forms = [page.as_form_xobject(handle_transformations=False) for page in pages]
    for side in plan.sides:
        sheet = file.add_blank_page(page_size=(Decimal(f"{plan.width:.3f}"), Decimal(f"{plan.height:.3f}")))
        used = {f"/P{cell.page}": forms[cell.page] for cell in side.cells}
        sheet.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(used))
        drawn = "\n".join(_drawn(cell, boxes[cell.page], turns[cell.page]) for cell in side.cells)
        if inks is not None:
            sheet.obj.Resources.ColorSpace = pikepdf.Dictionary({INKS: inks})
            drawn += f"\n{marks_around(side.trim, plan.bleed)}"
        sheet.obj.Contents = file.make_stream(drawn.encode("ascii"))
        _set_boxes(sheet, side, plan)
    del file.pages[: len(pages)]
    for key in _OF_PAGES:
        if key in file.Root:
            del file.Root[key]


def _drawn(cell: PlacedPage, box: Box, turn: int) -> str:
    """Return the operators that draw a page, of which `box` is the trimmed part, as it lies before its turn."""
    left, bottom, right, top = cell.clip
    clip = f"{left:.3f} {bottom:.3f} {right - left:.3f} {top - bottom:.3f} re W n"
    matrix = " ".join(f"{each:.5f}" for each in _matrix(cell, box, (turn + cell.turn) % 360))
    return f"q {clip} {matrix} cm /P{cell.page} Do Q"


def _matrix(cell: PlacedPage, box: Box, turn: int) -> tuple[float, ...]:
    """Return the matrix that turns a box clockwise, and brings it to its corner (ISO 32000-1, 8.3.3)."""
    (left, bottom, right, top), scale, x, y = box, cell.scale, cell.x, cell.y
    return {
        0: (scale, 0, 0, scale, x - scale * left, y - scale * bottom),
        90: (0, -scale, scale, 0, x - scale * bottom, y + scale * right),
        180: (-scale, 0, 0, -scale, x + scale * right, y + scale * top),
        270: (0, scale, -scale, 0, x + scale * top, y - scale * left),
    }[turn]


def _set_boxes(sheet: pikepdf.Page, side: Side, plan: Plan) -> None:
    left, bottom, right, top = side.trim
    kept = (left - plan.bleed, bottom - plan.bleed, right + plan.bleed, top + plan.bleed)
    sheet.obj.TrimBox, sheet.obj.BleedBox = array(side.trim), array(kept)


def _tell_printers(file: pikepdf.Pdf, *, is_booklet: bool) -> None:
    """Ask the dialogue of printing for full size, and for both sides of a booklet (ISO 32000-1, table 150)."""
    preferences = file.Root.get("/ViewerPreferences", pikepdf.Dictionary())
    preferences.PrintScaling = pikepdf.Name("/None")
    preferences.PickTrayByPDFSize = True
    if is_booklet:
        preferences.Duplex = pikepdf.Name.DuplexFlipShortEdge
    if "/Direction" in preferences:
        del preferences["/Direction"]
    file.Root.ViewerPreferences = preferences


# --- what is said of it


def _findings(plan: Plan, places: tuple[int, ...], wanted: Imposition, where: Place) -> Iterator[Diagnostic]:
    is_booklet, pages = wanted.scheme == "booklet", len(places) - places.count(-1)
    sheets = f"{_counted(pages, 'page')} on {_counted(len(plan.sides) // (1 + is_booklet), 'sheet')} of {plan.paper}"
    message = f"{sheets}{_blanks(places)}; links, bookmarks and tags are left out."
    hint = "Print on both sides, turned on the short edge, and fold." if is_booklet else ""
    yield Diagnostic(Code.PAGES_IMPOSED, message, where, hint)
    smallest = min(cell.scale for side in plan.sides for cell in side.cells)
    if smallest < (1.0 if is_booklet and not wanted.paper else _SMALLEST) - _ROUNDING:
        message = f"pages are printed at {smallest:.0%} of their size, for there is no more room on {plan.paper}."
        yield Diagnostic(Code.PAGES_REDUCED, message, where, "Name a larger paper, or set the issue on smaller pages.")
    folded = min(wanted.signature or len(places), len(places)) // 4
    if is_booklet and folded > _MOST_SHEETS:
        message = f"{folded} sheets are folded together, which is more than staplers and folds take."
        hint = "Fold fewer together, as with signature = 32, and have them sewn or glued."
        yield Diagnostic(Code.BOOKLET_THICK, message, where, hint)


def _blanks(places: tuple[int, ...]) -> str:
    blanks = places.count(-1)
    if not blanks:
        return ""
    page = places.index(-1) + 1
    at = "at the end" if page + blanks > len(places) else f"before page {page}"
    return f", with {_counted(blanks, 'blank page')} {at}"


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'s' if number != 1 else ''}"


def _check(made: bytes, pdf: bytes, plan: Plan) -> None:
    """Raise `ValidationError` where the sheets are not those of the plan, or a character of the pages is on none."""
    try:
        with pikepdf.open(io.BytesIO(made)) as file:
            faults = [str(fault) for fault in file.check_pdf_syntax()]
            if len(file.pages) != len(plan.sides):
                faults.append(f"it has {len(file.pages)} sides for {len(plan.sides)}")
    except pikepdf.PdfError as error:
        raise ValidationError(f"the imposed PDF cannot be opened again: {error}.") from error
    said, kept = ("".join(characters_of(each).elements()) for each in (pdf, made))
    lost = (counted(said) - counted(kept)).total()
    if lost:
        faults.append(f"{lost} characters of its pages are on no sheet")
    if faults:
        raise ValidationError(f"the imposed PDF is not whole: {'; '.join(faults)}.")
