"""What was read is printed: as newsbook's JSON, or as the IPTC's."""

from collections.abc import Iterator

from newsbook import native, ninjs
from newsbook.binding import Bound
from newsbook.project import Output
from newsbook.workplace import Product, Workplace


def make(bound: Bound, output: Output, work: Workplace) -> Iterator[Product]:
    """Yield the model as JSON: an article, or an issue of several."""
    (issue,) = bound.issues
    lone = len(issue.articles) == 1 and not issue.nameplate
    document = issue.articles[0] if lone else issue
    data = ninjs.dump(issue.articles) if output.kind == "ninjs" else native.dump(document)
    yield Product(work.store.put(data))
