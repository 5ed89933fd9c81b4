"""Language tags as the rest of the program expects them: well-formed, in canonical case, Chinese with its script."""

import re

# RFC 5646 §2.1, the shape of a tag that shops accept: a language, then subtags.
TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")

# CLDR, likely subtags: the script that Chinese is written in where only a region is named.
_SCRIPTS = {"TW": "Hant", "HK": "Hant", "MO": "Hant", "CN": "Hans", "SG": "Hans", "MY": "Hans"}


def canonical(tag: str) -> str:
    """Return `tag` in the case of RFC 5646 §2.1.1, with the script that a Chinese region implies; "" for no tag.

    >>> canonical("zh_tw"), canonical("ZH-hans"), canonical("ja"), canonical("Chinese")
    ('zh-Hant-TW', 'zh-Hans', 'ja', '')
    """
    tag = tag.replace("_", "-")
    if not TAG.fullmatch(tag):
        return ""
    language, *subtags = tag.lower().split("-")
    cased = [{2: part.upper(), 4: part.title()}.get(len(part), part) for part in subtags]
    if language == "zh" and cased and cased[0] in _SCRIPTS:
        cased.insert(0, _SCRIPTS[cased[0]])
    return "-".join([language, *cased])
