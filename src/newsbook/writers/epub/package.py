"""EbookLib's package writer, taught to be exact: finished files in, a reproducible container out.

EbookLib 0.20 parses XHTML again and loses text, stamps files with the clock, and cannot say the package's language.
Here it generates what it is good at (package document, NCX, container) and never sees content as anything but bytes.
"""

import io
import zipfile
from datetime import UTC, datetime

from ebooklib import epub
from lxml import etree

from newsbook.model import Metadata

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
NCX = "{http://www.daisy.org/z3986/2005/ncx/}"

_STORED = (".jpg", ".png", "mimetype")


class Archive(zipfile.ZipFile):
    """A zip whose entries carry a given date and no trace of the machine; pictures are stored, text is deflated."""

    def __init__(self, target: io.BytesIO, moment: datetime) -> None:
        super().__init__(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9)
        self._date = (max(moment.year, 1980), moment.month, moment.day, moment.hour, moment.minute, moment.second)

    def writestr(self, name: zipfile.ZipInfo | str, data: bytes | str, *_: object, **__: object) -> None:  # type: ignore[override]
        """Write an entry; whatever else the caller asks for is decided here."""
        entry = zipfile.ZipInfo(str(name), self._date)
        entry.compress_type = zipfile.ZIP_STORED if entry.filename.endswith(_STORED) else zipfile.ZIP_DEFLATED
        entry.create_system = 3
        entry.external_attr = 0o644 << 16
        super().writestr(entry, data)


class PackageWriter(epub.EpubWriter):  # type: ignore[misc] # EbookLib ships no types.
    """Writes a book's items as they are, into `target`."""

    def __init__(self, target: io.BytesIO, book: epub.EpubBook, metadata: Metadata, depth: int) -> None:
        moment = datetime.fromisoformat(metadata.modified).astimezone(UTC)
        super().__init__("", book, {"mtime": moment, "play_order": {"enabled": True, "start_from": 1}})
        self._metadata = metadata
        self._depth = depth
        self._target = target
        self._moment = moment

    def write(self) -> None:
        """Write the container. Unlike the library's own, this lets every error through."""
        with Archive(self._target, self._moment) as self.out:
            self.out.writestr("mimetype", "application/epub+zip")
            self._write_container()
            self._write_opf()
            self._write_items()

    def _write_opf_file(self, root: etree._Element) -> None:
        root.set(XML_LANG, self._metadata.language)
        root.set("dir", "ltr")
        super()._write_opf_file(root)

    def _get_ncx(self) -> bytes:
        root = etree.fromstring(super()._get_ncx())
        root.set(XML_LANG, self._metadata.language)
        for meta in root.iter(f"{NCX}meta", "meta"):
            if meta.get("name") == "dtb:depth":
                meta.set("content", str(self._depth))
        return etree.tostring(root, encoding="utf-8", xml_declaration=True)
