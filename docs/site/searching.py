"""Search in English and Chinese: words by their stems, ideographs two by two, so that a part of a word is found too."""

import re

from sphinx.search.en import SearchEnglish

# Pairs, as Lucene's CJKAnalyzer takes them. A dictionary (jieba's, in Sphinx) cuts a sentence and a question otherwise,
# and the browser, which cuts the question, has none.
_CJK = r"\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_RUN = re.compile(rf"(?P<cjk>[{_CJK}]+)|[^\W{_CJK}]+")


class SearchBoth(SearchEnglish):
    """English words, and pairs of ideographs, kana and hangul."""

    js_splitter_code = f"""
var splitQuery = (query) =>
  (query.match(/[{_CJK}]+|(?:(?![{_CJK}])[\\p{{L}}\\p{{N}}_])+/gu) || []).flatMap((run) =>
    /^[{_CJK}]{{2}}/u.test(run) ? Array.from(run.slice(1), (sign, at) => run[at] + sign) : [run]);
"""

    def split(self, input: str) -> list[str]:  # noqa: A002 - Sphinx calls it so
        """Return the words of a text, and the pairs of its other signs; one that stands alone is a word."""
        return [term for run in _RUN.finditer(input) for term in _terms(run)]


def _terms(run: re.Match[str]) -> list[str]:
    signs = run["cjk"] or ""
    return [signs[at : at + 2] for at in range(len(signs) - 1)] or [run[0]]
