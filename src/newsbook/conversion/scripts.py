"""The script that an edition is asked to be in, and the one that a language tag names."""

from enum import StrEnum


class Target(StrEnum):
    """The script, and for traditional characters the region, that Chinese articles are brought to."""

    KEEP = "keep"
    HANS = "hans"
    HANT = "hant"
    HANT_TW = "hant-tw"
    HANT_HK = "hant-hk"

    @property
    def tag(self) -> str:
        """The language tag of text in this script."""
        return _TAGS[self]

    @property
    def is_simplified(self) -> bool:
        """Tell whether this is the simplified script."""
        return self is Target.HANS


_TAGS = {
    Target.KEEP: "",
    Target.HANS: "zh-Hans",
    Target.HANT: "zh-Hant",
    Target.HANT_TW: "zh-Hant-TW",
    Target.HANT_HK: "zh-Hant-HK",
}

# Macau writes as Hong Kong does. CLDR, parent locales: zh-Hant-MO inherits from zh-Hant-HK.
_REGIONS = {"TW": Target.HANT_TW, "HK": Target.HANT_HK, "MO": Target.HANT_HK}


def script_of(tag: str) -> Target:
    """Return the script that a canonical language tag names. It is `KEEP` where the tag is not of Chinese.

    >>> script_of("zh-Hant-HK"), script_of("zh-Hans-SG"), script_of("ja")
    (<Target.HANT_HK: 'hant-hk'>, <Target.HANS: 'hans'>, <Target.KEEP: 'keep'>)
    """
    language, *subtags = tag.split("-")
    if language != "zh":
        return Target.KEEP
    if "Hans" in subtags:
        return Target.HANS
    region = next((_REGIONS[part] for part in subtags if part in _REGIONS), Target.HANT)
    return region if "Hant" in subtags else Target.KEEP


def is_met(tag: str, target: Target) -> bool:
    """Tell whether text in `tag` is what `target` asks for: `hant` is met by traditional text of any region."""
    script = script_of(tag)
    if target in {Target.HANS, Target.HANT}:
        return script is not Target.KEEP and script.is_simplified == target.is_simplified
    return script is target


def retagged(tag: str, target: Target) -> str:
    """Return the tag of text in `tag` once it is brought to `target`; other languages keep theirs.

    >>> retagged("zh-Hans", Target.HANT_TW), retagged("zh-Hant-HK", Target.HANT), retagged("ko", Target.HANS)
    ('zh-Hant-TW', 'zh-Hant-HK', 'ko')
    """
    stays = target is Target.KEEP or script_of(tag) is Target.KEEP or is_met(tag, target)
    return tag if stays else target.tag
