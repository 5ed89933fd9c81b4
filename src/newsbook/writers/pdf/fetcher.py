"""Give WeasyPrint what belongs to the edition and refuse it everything else: no file, no network, no redirect."""

from typing import TYPE_CHECKING

from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from newsbook.writers.pdf.derived import Derived, file_name
from newsbook.writers.pdf.vertical import turned_picture

if TYPE_CHECKING:
    from collections.abc import Iterable

    from newsbook.model import Edition
    from newsbook.store import Store

# The host is in the domain that RFC 2606 keeps from ever existing.
BASE = "http://edition.invalid/"


class EditionFetcher(URLFetcher):  # type: ignore[misc] # WeasyPrint ships no types.
    """A fetcher that knows the pictures of one edition. WeasyPrint 70 asks for a subclass of its own."""

    def __init__(self, edition: "Edition", faces: "Iterable[Derived]", store: "Store") -> None:
        super().__init__(allowed_protocols=("http",), allow_redirects=False)
        self._media = {f"{BASE}images/{item.name}": item for item in edition.media}
        self._store = store
        self._is_vertical = edition.is_vertical
        self._faces = {f"{BASE}{file_name(face)}": face.file for face in faces}

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """Return the picture that `url` names. Raises for whatever is not in the edition."""
        del headers
        if url in self._faces:
            return URLFetcherResponse(url, self._faces[url], {"Content-Type": "font/otf"})
        if url not in self._media:
            raise FatalURLFetchingError(f"the edition holds no {url}")
        item = self._media[url]
        raw = self._store.read(item.sha256)
        return URLFetcherResponse(
            url, turned_picture(item, raw) if self._is_vertical else raw, {"Content-Type": item.type}
        )
