"""What quotation marks say about a lost mark: they open before they close, and a paragraph closes what it opens."""

_PRICE = 5.0


def price(left: str, text: str, right: str) -> float:
    """Return what `text` costs, in nats, between what stands left and right of it in its line.

    >>> price("他说“好", "。”", ""), price("他说“好", "。“", ""), price("他说", "“", "好。”")
    (0.0, 10.0, 0.0)
    """
    is_open = _is_open(left)
    cost = 0.0
    for character in text:
        if character in "“”":
            cost += _PRICE * (is_open == (character == "“"))
            is_open = character == "“"
    return cost + _PRICE * (is_open != _closes_first(right))


def _is_open(text: str) -> bool:
    return text.rfind("“") > text.rfind("”")


def _closes_first(text: str) -> bool:
    """Tell whether the next quotation mark closes."""
    opening, closing = text.find("“"), text.find("”")
    return closing >= 0 and (opening < 0 or closing < opening)
