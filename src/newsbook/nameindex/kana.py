"""Kana as Japanese files it: by the fifty sounds first, whatever its form, and by its form only among equals."""

import unicodedata

# Between a small kana and the large one, and what it is.
_SMALL = str.maketrans("ぁぃぅぇぉっゃゅょゎゕゖ", "あいうえおつやゆよわかけ")
_VOWELS = dict(
    zip(
        "あいうえお",
        (
            "あかさたなはまやらわ",
            "いきしちにひみりゐ",
            "うくすつぬふむゆる",
            "えけせてねへめれゑ",
            "おこそとのほもよろを",
        ),
        strict=True,
    )
)
_ROWS = "あかさたなはまやらわ"
_VOICED, _HALF_VOICED, _LONG = "\u3099", "\u309a", "ー"


def hiragana(text: str) -> str:
    """Return kana as hiragana, of full width; what is none stays.

    >>> hiragana("シオミ ﾄｵﾙ")
    'しおみ とおる'
    """
    return "".join(chr(ord(one) - 0x60) if "ァ" <= one <= "ヶ" else one for one in unicodedata.normalize("NFKC", text))


def is_kana(text: str) -> bool:
    """Tell whether a text is of nothing but kana, with blanks and middle dots between."""
    letters = [one for one in hiragana(text) if one not in " ・゠=＝"]
    return bool(letters) and all("ぁ" <= one <= "ゖ" or one == _LONG for one in letters)


def sounds(text: str) -> tuple[str, tuple[tuple[int, ...], ...]]:
    """Return kana as it is filed: its sounds, and then, among equals, its voicing, its size and its script.

    A long vowel's bar is the vowel that it lengthens (JIS X 4061).

    >>> sounds("ガーデン")[0], sounds("かあてん")[0] == sounds("ガーデン")[0], sounds("かあてん") < sounds("ガーデン")
    ('かあてん', True, True)
    """
    plain: list[str] = []
    forms: list[tuple[int, int, int]] = []
    for one, given in zip(hiragana(text), unicodedata.normalize("NFKC", text), strict=True):
        if one in " ・゠=＝":
            continue
        parts = unicodedata.normalize("NFD", one)
        base, mark = parts[0], parts[1:]
        large = base.translate(_SMALL)
        if one == _LONG and plain:
            large = next((vowel for vowel, row in _VOWELS.items() if plain[-1] in row), "ー")
        plain.append(large)
        voicing = {_VOICED: 1, _HALF_VOICED: 2}.get(mark, 0)
        forms.append((voicing, 0 if one == _LONG else 1 + (large == base), int(given != one)))
    return "".join(plain), tuple(zip(*forms, strict=True))


def row_of(sound: str) -> str:
    """Return the first kana of the row that a sound belongs to.

    >>> row_of("つ"), row_of("ん"), row_of("ゑ")
    ('た', 'わ', 'わ')
    """
    return next((row for row in reversed(_ROWS) if sound >= row), "あ")
