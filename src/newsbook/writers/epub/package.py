"""EbookLib's package writer, taught to be exact: finished files in, a reproducible container out.

EbookLib 0.20 parses XHTML again and loses text, stamps files with the clock, and cannot say the package's language.
Here it generates what it is good at (package document, NCX, container) and never sees content as anything but bytes.
"""

from typing import BinaryIO

from ebooklib import epub
from lxml import etree

from newsbook.model import Edition, PageBreak
from newsbook.writers.epub.archive import Archive, moment_of

_NCX = "{http://www.daisy.org/z3986/2005/ncx/}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


class PackageWriter(epub.EpubWriter):  # type: ignore[misc] # EbookLib ships no types.
    """Writes a book's items as they are, into `target`. `depth` is the number of levels of its contents."""

    def __init__(self, target: BinaryIO, book: epub.EpubBook, edition: Edition, depth: int) -> None:
        self._moment = moment_of(edition.metadata.modified)
        super().__init__("", book, {"mtime": self._moment})
        self._edition = edition
        self._depth = depth
        self._target = target

    def write(self) -> None:
        """Write the container. Unlike the library's own, this lets every error through."""
        with Archive(self._target, self._moment) as self.out:
            self.out.writestr("mimetype", "application/epub+zip")
            self._write_container()
            self._write_opf()
            self._write_items()

    def _write_items(self) -> None:
        """Write the files, each made when its turn comes."""
        for item in self.book.get_items():
            name = f"{self.book.FOLDER_NAME}/{item.file_name}" if item.manifest else item.file_name
            self.out.add(name, self._get_ncx if isinstance(item, epub.EpubNcx) else item.get_content)

    def _write_opf_file(self, root: etree._Element) -> None:
        """Say the package's language and direction; leave out the prefix, which is reserved and not used."""
        root.attrib.pop("prefix", None)
        root.set(XML_LANG, self._edition.metadata.language)
        root.set("dir", "ltr")
        super()._write_opf_file(root)

    def _get_ncx(self) -> bytes:
        root = etree.fromstring(super()._get_ncx())
        root.set(XML_LANG, self._edition.metadata.language)
        for meta in root.iterfind("{*}head/{*}meta[@name='dtb:depth']"):
            meta.set("content", str(self._depth))
        if self._edition.pages:
            _list_pages(root, self._edition.pages)
        _number(root)
        return etree.tostring(root, encoding="utf-8", xml_declaration=True)


def _list_pages(root: etree._Element, pages: tuple[PageBreak, ...]) -> None:
    """List the pages of the printed edition (NCX 2005-1, “pageList”)."""
    targets = etree.SubElement(root, f"{_NCX}pageList")
    for number, page in enumerate(pages, 1):
        kind = "normal" if page.label.isdigit() else "front"
        target = etree.SubElement(targets, f"{_NCX}pageTarget", id=f"page-target-{number}", type=kind)
        if kind == "normal":
            target.set("value", page.label)
        label = etree.SubElement(target, f"{_NCX}navLabel")
        etree.SubElement(label, f"{_NCX}text").text = page.label
        etree.SubElement(target, f"{_NCX}content", src=f"{page.document}.xhtml#{page.anchor}")
    numbers = [int(page.label) for page in pages if page.label.isdigit()]
    for name, count in (("totalPageCount", len(pages)), ("maxPageNumber", max(numbers, default=0))):
        for meta in root.iterfind(f"{{*}}head/{{*}}meta[@name='dtb:{name}']"):
            meta.set("content", str(count))


def _number(root: etree._Element) -> None:
    """Give the points their play order, in which those that lead to one place share a number (NCX 2005-1)."""
    order: dict[str, int] = {}
    for point in root.iter("{*}navPoint", "{*}pageTarget"):
        target = point.find("{*}content")
        if target is not None:
            point.set("playOrder", str(order.setdefault(target.get("src", ""), len(order) + 1)))
