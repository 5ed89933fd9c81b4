"""An index of names: which there are, where they stand in a text, and the orders in which a region files them."""

from newsbook.nameindex.filing import ORDERS, Filed, Order, filed, order_for
from newsbook.nameindex.headings import Heading, Kind, Listed, Wanted, headings, unfound
from newsbook.nameindex.matching import NameForms, Occurrence, anchored, forms_of

__all__ = [
    "ORDERS",
    "Filed",
    "Heading",
    "Kind",
    "Listed",
    "NameForms",
    "Occurrence",
    "Order",
    "Wanted",
    "anchored",
    "filed",
    "forms_of",
    "headings",
    "order_for",
    "unfound",
]
