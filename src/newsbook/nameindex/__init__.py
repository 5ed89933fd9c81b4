"""An index of names: which there are, where they stand in a text, and the orders in which a region files them."""

from newsbook.nameindex.filing import ORDERS, Filed, Order, filed, order_for
from newsbook.nameindex.headings import Heading, Kind, Listed, Wanted, headings, unfound
from newsbook.nameindex.matching import Occurrence, anchored

__all__ = [
    "ORDERS",
    "Filed",
    "Heading",
    "Kind",
    "Listed",
    "Occurrence",
    "Order",
    "Wanted",
    "anchored",
    "filed",
    "headings",
    "order_for",
    "unfound",
]
