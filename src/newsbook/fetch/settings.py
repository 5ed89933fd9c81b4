"""The settings of fetching: what the user allows, and how much, how long and how often newsbook asks at most."""

from msgspec import Struct

# RFC 9309, section 2.3.1.2: at least five redirects are followed; browsers give up at twenty.
_REDIRECTS = 10


class Terms(Struct, frozen=True):
    """How to fetch. Times are seconds.

    `cache` is a folder, or empty for none. `allow_host` are the names of hosts that may have private addresses. `delay`
    lies between two requests to one host. `timeout` bounds every wait for a server, and `deadline` a whole answer.
    `pause` is the wait before the second try, and doubles with each. `patience` is the longest that newsbook waits
    because a server tells it to.
    """

    cache: str = ""
    offline: bool = False
    refresh: bool = False
    fetch_pictures: bool = False
    ignore_robots: bool = False
    allow_host: tuple[str, ...] = ()
    delay: float = 0.5
    timeout: float = 15.0
    deadline: float = 120.0
    tries: int = 3
    pause: float = 1.0
    patience: float = 60.0
    redirects: int = _REDIRECTS
    most_bytes: int = 50_000_000
    most_pictures: int = 200
