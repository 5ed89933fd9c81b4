"""What the owner of a host asks of programs, in its robots.txt, as RFC 9309 has it."""

from collections.abc import Callable

from msgspec import Struct
from protego import Protego

from newsbook.diagnostics import InputError, LimitError
from newsbook.fetch.client import Answer

# RFC 9309, section 2.2.1: the product token by which a robots.txt names the program.
TOKEN = "newsbook"  # noqa: S105 - a name.

# RFC 9309, section 2.5: at least 500 kibibytes must be parsed.
_PARSED = 512_000

# A host that asks for more than this between two pages does not want to be crawled; one page is no crawl.
_LONGEST_DELAY = 10.0

_CLIENT_ERRORS = range(400, 500)
_OK = range(200, 300)


class Rules(Struct, frozen=True):
    """What may be fetched: `parsed` is None where everything may, or, with `unknown` for a reason, nothing."""

    parsed: Protego | None
    unknown: str = ""

    def refusal(self, url: str) -> str:
        """Return why `url` must not be fetched, in a sentence, or nothing."""
        if self.unknown or self.parsed is None or self.parsed.can_fetch(url, TOKEN):
            return self.unknown
        return f"{url} is not for programs, as the robots.txt of its host says; save it from a browser."

    @property
    def delay(self) -> float:
        """Return the seconds that shall lie between two requests; 0 where nothing is said."""
        said = self.parsed.crawl_delay(TOKEN) if self.parsed else None
        return min(said or 0.0, _LONGEST_DELAY)


def rules_of(ask: Callable[[], Answer]) -> Rules:
    """Return the rules of a host; `ask` fetches its robots.txt.

    RFC 9309, section 2.3.1: none where there is no such file, and no access where the host does not say.
    """
    try:
        answer = ask()
    except LimitError:
        return Rules(None)
    except InputError as error:
        return Rules(None, str(error))
    if answer.status in _OK:
        return Rules(Protego.parse(answer.body[:_PARSED].decode("utf-8", "replace")))
    unknown = f"{answer.location} answers {answer.status}, so that newsbook may fetch nothing there."
    return Rules(None, "" if answer.status in _CLIENT_ERRORS else unknown)
