"""Which characters stand upright in a column, and which lie on their side, by the Unicode Standard (UAX #50)."""

from bisect import bisect_right

# https://www.unicode.org/Public/15.0.0/ucd/VerticalOrientation.txt: what is not R, first and last code points.
_STANDING = (
    "A7-A7 A9-A9 AE-AE B1-B1 BC-BE D7-D7 F7-F7 2EA-2EB 1100-11FF 1401-167F 18B0-18FF 2016-2016 2020-2021 2030-2031 "
    "203B-203C 2042-2042 2047-2049 2051-2051 2065-2065 20DD-20E0 20E2-20E4 2100-2101 2103-2109 210F-210F 2113-2114 "
    "2116-2117 211E-2123 2125-2125 2127-2127 2129-2129 212E-212E 2135-213F 2145-214A 214C-214D 214F-2189 218C-218F "
    "221E-221E 2234-2235 2300-2307 230C-231F 2324-232B 237D-239A 23BE-23CD 23CF-23CF 23D1-23DB 23E2-2422 2424-24FF "
    "25A0-2619 2620-2767 2776-2793 2B12-2B2F 2B50-2B59 2B97-2B97 2BB8-2BD1 2BD3-2BEB 2BF0-2BFF 2E50-2E51 2E80-A4CF "
    "A960-A97F AC00-D7FF E000-FAFF FE10-FE1F FE30-FE48 FE50-FE57 FE59-FE62 FE67-FE6F FF01-FF0C FF0E-FF1B FF1F-FF60 "
    "FFE0-FFE7 FFF0-FFF8 FFFC-FFFD 10980-1099F 11580-115FF 11A00-11ABF 13000-1343F 14400-1467F 16FE0-18D7F 1AFF0-1B2FF "
    "1CF00-1CFCF 1D000-1D1FF 1D2E0-1D37F 1D800-1DAAF 1F000-1F7FF 1F900-1FAFF 20000-2FFFD 30000-3FFFD F0000-FFFFD "
    "100000-10FFFD"
)
# Half-open borders: a code point stands where an odd count of them is at or below it.
_EDGES = tuple(
    edge
    for span in _STANDING.split()
    for edge in (int(span.partition("-")[0], 16), int(span.partition("-")[2], 16) + 1)
)

# Vertical_Orientation Tr: what lies where the face has no form for columns. The colons, which are among them, lie in
# Japanese alone, whose faces have forms for that (CLREQ §3.1.6).
_LYING_BY_DEFAULT = frozenset(
    "〈〉〈〉《》「」『』【】〔〕〖〗〘〙〚〛〜〝〞〟〰゠ー﹙﹚﹛﹜﹝﹞（）［］＿｛｜｝～｟｠￣"
)


def is_standing(character: str, *, has_form: bool) -> bool:
    """Tell whether a character stands upright in a column.

    `has_form` tells whether its face has a form of it for columns (`vert`), which stands whatever the character is:
    it is drawn the way that it is to be seen.

    >>> [is_standing(character, has_form=False) for character in "渡Am％→℃：「"]
    [True, False, False, True, False, True, True, False]
    """
    if has_form:
        return True
    return character not in _LYING_BY_DEFAULT and bisect_right(_EDGES, ord(character)) % 2 == 1
