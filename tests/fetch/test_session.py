"""What is fetched and what is not: addresses, robots, limits, retries, the cache."""

import gzip
import socket
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from fetch.site import HOST, Asked, Reply, Site, serving
from newsbook.diagnostics import InputError, LimitError, NewsbookError
from newsbook.fetch.addresses import is_public
from newsbook.fetch.clock import Clock
from newsbook.fetch.session import Session
from newsbook.project import Fetching

QUICK = Fetching(allow_hosts=(f"{HOST}:*",), delay=0.0, timeout=10.0, deadline=20.0, tries=2, pause=0.0)
MOMENT = datetime(2026, 5, 6, 7, 8, 9, tzinfo=UTC)


class Sleeps:
    """A clock that stands still and remembers for how long it was told to sleep."""

    def __init__(self) -> None:
        self.slept: list[float] = []
        self.clock = Clock(now=lambda: MOMENT, monotonic=time.monotonic, sleep=self.slept.append)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as made:
        yield made


@pytest.fixture
def sleeps() -> Sleeps:
    return Sleeps()


def get(terms: Fetching, url: str, sleeps: Sleeps | None = None) -> bytes:
    with Session(terms, "0.0", (sleeps or Sleeps()).clock) as session:
        return session.page(url).path.read_bytes()


def refused(terms: Fetching, url: str, said: str, kind: type[NewsbookError] = InputError) -> None:
    with pytest.raises(kind, match=said):
        get(terms, url)


def test_a_page_is_fetched_by_a_program_that_says_its_name(site: Site) -> None:
    site.routes["/a.html"] = Reply(b"<p>x</p>")
    with Session(QUICK, "1.2", Sleeps().clock) as session:
        page = session.page(f"{site.url}/a.html#part")
        assert page.path.read_bytes() == b"<p>x</p>"
    assert (page.retrieval.url, page.retrieval.retrieved, page.retrieval.size, page.retrieval.asked) == (
        f"{site.url}/a.html",
        "2026-05-06T07:08:09Z",
        8,
        "",
    )
    assert [asked.headers["user-agent"] for asked in site.asked] == ["newsbook/1.2"] * 2


def test_loopback_is_refused_without_leave(site: Site) -> None:
    site.routes["/a.html"] = Reply(b"x")
    refused(replace(QUICK, allow_hosts=()), f"{site.url}/a.html", "127.0.0.1, which is not public; .*--allow-host")
    refused(replace(QUICK, allow_hosts=("localhost",)), f"{site.url}/a.html", "not public")
    assert site.asked == []


def test_a_trusted_host_is_open_at_the_ports_that_are_named(site: Site) -> None:
    site.routes["/a.html"] = Reply(b"x")
    port = site.url.rpartition(":")[2]
    for said in (HOST, f"{HOST}:443", f"{HOST}:1{port}"[:-1]):
        refused(replace(QUICK, allow_hosts=(said,)), f"{site.url}/a.html", f"add --allow-host {HOST}:{port}")
    assert site.asked == []
    for said in (f"{HOST}:{port}", f"{HOST}:*"):
        assert get(replace(QUICK, allow_hosts=(said,)), f"{site.url}/a.html") == b"x"


@pytest.mark.parametrize("host", ["localhost", "2130706433", "0x7f.1", "[::1]", "[::ffff:127.0.0.1]", "0"])
def test_loopback_is_refused_whatever_it_is_called(site: Site, host: str) -> None:
    port = site.url.rpartition(":")[2]
    refused(replace(QUICK, allow_hosts=()), f"http://{host}:{port}/", "not public")
    assert site.asked == []


@pytest.mark.parametrize(
    "address",
    [
        "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "224.0.0.1", "255.255.255.255",
        "fe80::1%eth0", "fc00::1", "ff02::1", "::", "64:ff9b::7f00:1", "2002:7f00:1::1", "::ffff:192.168.0.1",
    ],
)  # fmt: skip
def test_no_address_that_is_not_public_is(address: str) -> None:
    assert not is_public(address)


@given(st.ip_addresses(v=4))
def test_an_address_is_as_public_wrapped_as_bare(address: object) -> None:
    assert is_public(f"::ffff:{address}") == is_public(str(address))


def test_the_address_that_was_checked_is_the_one_connected_to(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that is resolved again is another's to steer: so it is resolved once for each connection."""
    answers = iter([["93.184.215.14", HOST]])
    asked: list[str] = []

    def resolve(host: str, port: int, **_: object) -> list[tuple[object, ...]]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port)) for each in next(answers)]

    connected: list[str] = []

    def connect(address: tuple[str, int], *_: object, **__: object) -> socket.socket:
        connected.append(address[0])
        raise OSError("not here")

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(socket, "create_connection", connect)
    port = site.url.rpartition(":")[2]
    terms = replace(QUICK, allow_hosts=(), tries=1, ignore_robots=True)
    refused(terms, f"http://rebinding.example:{port}/", "cannot be reached")
    assert (asked, connected) == (["rebinding.example"], ["93.184.215.14"])


def test_a_redirect_is_followed_and_kept_on_record(site: Site) -> None:
    site.routes |= {"/old": Reply(status=301, headers=(("Location", "/new"),)), "/new": Reply(b"here")}
    with Session(QUICK, "0", Sleeps().clock) as session:
        retrieval = session.page(f"{site.url}/old").retrieval
    assert (retrieval.asked, retrieval.url) == (f"{site.url}/old", f"{site.url}/new")


@pytest.mark.parametrize(
    ("location", "said"),
    [
        ("http://localhost:{port}/secret", "not public"),
        ("http://169.254.169.254/latest/meta-data/", "not public"),
        ("file:///etc/passwd", "not of http or https|leads nowhere"),
        ("http://user:pw@127.0.0.1:{port}/secret", "password"),
        ("http://[::1", "leads nowhere"),
    ],
)
def test_a_redirect_leads_nowhere_that_its_page_may_not_be(site: Site, location: str, said: str) -> None:
    location = location.format(port=site.url.rpartition(":")[2])
    site.routes |= {"/a": Reply(status=302, headers=(("Location", location),)), "/secret": Reply(b"secret")}
    refused(replace(QUICK, tries=1), f"{site.url}/a", said)
    assert site.paths() == ["/a"]


def test_redirects_in_a_ring_are_left(site: Site) -> None:
    site.routes |= {
        "/a": Reply(status=302, headers=(("Location", "/b"),)),
        "/b": Reply(status=302, headers=(("Location", "/a"),)),
    }
    refused(replace(QUICK, redirects=4), f"{site.url}/a", "redirected more than 4 times", LimitError)
    assert len(site.paths()) == 5


@pytest.mark.parametrize("url", ["ftp://news.example/a", "file:///etc/passwd", "gopher://127.0.0.1/", "http://u:p@a/"])
def test_only_plain_addresses_of_the_web_are_fetched(url: str) -> None:
    refused(QUICK, url, "not of http or https|password")


def test_what_is_too_large_is_not_read_to_its_end(site: Site) -> None:
    site.routes |= {
        "/plain": Reply(b"x" * 3000),
        "/bomb": Reply(gzip.compress(b"\0" * 5_000_000), headers=(("Content-Encoding", "gzip"),)),
    }
    for path in ("/plain", "/bomb"):
        refused(replace(QUICK, most_bytes=2000), site.url + path, "more than 2,000 bytes", LimitError)


def test_a_coding_that_was_not_asked_for_is_refused(site: Site) -> None:
    site.routes["/a"] = Reply(b"x", headers=(("Content-Encoding", "br"),))
    refused(QUICK, f"{site.url}/a", "coding “br”")


def test_who_drips_is_left_when_the_answer_is_due(site: Site) -> None:
    site.routes["/slow"] = Reply(b"x" * 100, drip=0.05)
    refused(replace(QUICK, tries=1, deadline=0.2, ignore_robots=True), f"{site.url}/slow", "in time, once")


def test_an_address_has_its_time_for_all_its_tries(site: Site, sleeps: Sleeps) -> None:
    site.routes["/a"] = Reply(status=503, headers=(("Retry-After", "25"),))
    with pytest.raises(InputError, match="its time is over"):
        get(replace(QUICK, tries=9, deadline=20.0), f"{site.url}/a", sleeps)
    assert sleeps.slept == []


def test_a_slow_host_holds_a_run_no_longer_than_the_deadline(site: Site) -> None:
    site.routes |= {"/robots.txt": Reply(b"x" * 100, drip=0.02), "/slow": Reply(b"x" * 100, drip=0.02)}
    began = time.monotonic()
    with pytest.raises(InputError):
        get(replace(QUICK, tries=5, deadline=0.3), f"{site.url}/slow")
    assert time.monotonic() - began < 2


def test_fetching_ends_when_its_time_is_over(site: Site) -> None:
    site.routes |= {"/a": Reply(b"a"), "/b": Reply(b"b")}
    moments = iter([0.0, 1.0, 1.0])
    clock = Clock(now=lambda: MOMENT, monotonic=lambda: next(moments, 99.0), sleep=lambda _: None)
    with Session(replace(QUICK, total=60.0, ignore_robots=True), "0", clock) as session:
        with pytest.raises(InputError):
            session.page(f"{site.url}/a")
        with pytest.raises(LimitError, match="has taken 60 seconds in all"):
            session.page(f"{site.url}/b")


@pytest.mark.parametrize(
    "place",
    [
        "http://xn--a/",
        "http://xn--0000h/",
        "http://" + "日" * 80 + ".jp/",
        "http://a..b/",
        "http://[::1/",
        "http://\u00ad/",
    ],
)
def test_a_redirect_to_no_name_is_of_its_address_alone(site: Site, place: str) -> None:
    location = place.encode("utf-8").decode("latin-1")
    site.routes |= {"/a": Reply(status=302, headers=(("Location", location),)), "/b": Reply(b"b")}
    terms = replace(QUICK, tries=1, allow_hosts=(f"{HOST}:*",))
    with Session(terms, "0", Sleeps().clock) as session:
        with pytest.raises(InputError):
            session.page(f"{site.url}/a")
        assert session.page(f"{site.url}/b").path.read_bytes() == b"b"


def test_who_does_not_answer_is_left(site: Site) -> None:
    site.routes["/mute"] = Reply(b"x", drip=0.5)
    refused(replace(QUICK, tries=1, timeout=0.1, ignore_robots=True), f"{site.url}/mute", "in time")


def test_who_drips_his_headers_is_left_as_well() -> None:
    def drip(server: socket.socket) -> None:
        line, _ = server.accept()
        with line, suppress(OSError):
            line.sendall(b"HTTP/1.1 200 OK\r\nX-Long: ")
            while True:
                line.sendall(b"x")
                time.sleep(0.03)

    with socket.create_server((HOST, 0)) as server:
        thread = Thread(target=drip, args=(server,), daemon=True)
        thread.start()
        terms = replace(QUICK, tries=1, deadline=0.2, ignore_robots=True)
        refused(terms, f"http://{HOST}:{server.getsockname()[1]}/", "does not answer in time")
        thread.join()


@pytest.mark.parametrize(("status", "phrase"), [(404, "Not Found"), (403, "Forbidden"), (410, "Gone")])
def test_what_is_not_there_is_asked_for_once(site: Site, status: int, phrase: str) -> None:
    site.routes["/a"] = Reply(status=status)
    refused(QUICK, f"{site.url}/a", f"answers {status} {phrase}; check")
    assert site.paths() == ["/a"]


def test_an_empty_answer_is_no_page(site: Site) -> None:
    site.routes["/a"] = Reply()
    refused(QUICK, f"{site.url}/a", "answers with nothing")


def test_a_host_that_is_busy_is_asked_again_when_it_says(site: Site, sleeps: Sleeps) -> None:
    replies = iter(
        [
            Reply(status=503),
            Reply(status=429, headers=(("Retry-After", "7"),)),
            Reply(status=503, headers=(("Retry-After", "Wed, 06 May 2026 07:08:39 GMT"),)),
            Reply(b"at last"),
        ]
    )
    site.routes["/a"] = lambda _: next(replies)
    assert get(replace(QUICK, tries=4, pause=1.0, deadline=120.0), f"{site.url}/a", sleeps) == b"at last"
    assert sleeps.slept == [1.0, 7.0, 30.0]


def test_a_host_that_stays_busy_is_left(site: Site, sleeps: Sleeps) -> None:
    site.routes["/a"] = Reply(status=503)
    with pytest.raises(InputError, match="503 Service Unavailable, 3 times; try again later"):
        get(replace(QUICK, tries=3, pause=1.0), f"{site.url}/a", sleeps)
    assert sleeps.slept == [1.0, 2.0]


def test_nobody_waits_for_an_hour(site: Site, sleeps: Sleeps) -> None:
    site.routes["/a"] = Reply(status=429, headers=(("Retry-After", "3600"),))
    with pytest.raises(InputError, match="asks for 3600 seconds"):
        get(QUICK, f"{site.url}/a", sleeps)
    assert sleeps.slept == []


def test_a_host_is_not_asked_twice_at_once(site: Site, sleeps: Sleeps) -> None:
    site.routes |= {"/a": Reply(b"a"), "/b": Reply(b"b")}
    with Session(replace(QUICK, delay=5.0), "0", sleeps.clock) as session:
        session.page(f"{site.url}/a")
        session.page(f"{site.url}/b")
    assert len(sleeps.slept) == 2
    assert all(1.0 < slept <= 5.0 for slept in sleeps.slept)


def robots(text: str) -> Reply:
    return Reply(text.encode(), headers=(("Content-Type", "text/plain"),))


def test_robots_txt_is_followed(site: Site) -> None:
    site.routes |= {
        "/robots.txt": robots("User-agent: *\nDisallow: /\n\nUser-agent: newsbook\nDisallow: /private/*.html$\n"),
        "/private/a.html": Reply(b"a"),
        "/public.html": Reply(b"b"),
        "/leap": Reply(status=302, headers=(("Location", "/private/a.html"),)),
    }
    refused(QUICK, f"{site.url}/private/a.html", "is not for programs, as the robots.txt of its host says")
    refused(QUICK, f"{site.url}/leap", "is not for programs")
    assert get(QUICK, f"{site.url}/public.html") == b"b"
    assert site.paths() == ["/leap", "/public.html"]
    assert get(replace(QUICK, ignore_robots=True), f"{site.url}/private/a.html") == b"a"


def test_a_robots_txt_without_end_is_obeyed_as_far_as_it_is_read(site: Site) -> None:
    """RFC 9309, section 2.5. The line that it is cut in does not count."""
    head, line = b"User-agent: *\nDisallow: /private\n", b"Disallow: /public\n"
    text = head + b"#" * (512_000 - len(head) - 12) + b"\n" + line + b"#" * 5_000_000
    site.routes |= {"/robots.txt": Reply(text), "/private": Reply(b"a"), "/p": Reply(b"b"), "/public": Reply(b"c")}
    refused(replace(QUICK, most_bytes=1_000_000), f"{site.url}/private", "is not for programs")
    assert get(replace(QUICK, most_bytes=1_000_000), f"{site.url}/p") == b"b"
    assert get(replace(QUICK, most_bytes=1_000_000), f"{site.url}/public") == b"c"


def test_robots_txt_is_asked_for_once(site: Site, sleeps: Sleeps) -> None:
    site.routes |= {"/robots.txt": robots("User-agent: *\nCrawl-delay: 3\n"), "/a": Reply(b"a"), "/b": Reply(b"b")}
    with Session(QUICK, "0", sleeps.clock) as session:
        session.page(f"{site.url}/a")
        session.page(f"{site.url}/b")
    assert [asked.path for asked in site.asked] == ["/robots.txt", "/a", "/b"]
    assert all(1.0 < slept <= 3.0 for slept in sleeps.slept)
    assert len(sleeps.slept) == 2


def test_a_host_that_does_not_say_what_it_allows_allows_nothing(site: Site) -> None:
    """RFC 9309, section 2.3.1.4."""
    site.routes |= {"/robots.txt": Reply(status=500), "/a": Reply(b"a")}
    refused(QUICK, f"{site.url}/a", "robots.txt answers 500")
    assert site.paths() == []


def test_what_was_fetched_is_not_fetched_again(site: Site, tmp_path: Path) -> None:
    site.routes["/a"] = Reply(b"first")
    terms = replace(QUICK, cache=str(tmp_path))
    with Session(terms, "0", Sleeps().clock) as session:
        first = session.page(f"{site.url}/a")
    site.routes["/a"] = Reply(b"second")
    with Session(replace(terms, offline=True), "0", Sleeps().clock) as session:
        assert session.page(f"{site.url}/a") == first
    assert get(terms, f"{site.url}/a") == b"first"
    assert get(replace(terms, refresh=True), f"{site.url}/a") == b"second"
    assert get(terms, f"{site.url}/a") == b"second"
    assert site.paths() == ["/a", "/a"]


def test_what_is_damaged_in_the_cache_is_fetched_again(site: Site, tmp_path: Path) -> None:
    site.routes["/a"] = Reply(b"whole")
    terms = replace(QUICK, cache=str(tmp_path))
    assert get(terms, f"{site.url}/a") == b"whole"
    for path in (tmp_path / "bodies").iterdir():
        path.write_bytes(b"half")
    refused(replace(terms, offline=True), f"{site.url}/a", "not in the cache, and --offline")
    assert get(terms, f"{site.url}/a") == b"whole"
    for path in (tmp_path / "entries").iterdir():
        path.write_bytes(b"{")
    assert get(terms, f"{site.url}/a") == b"whole"


def test_a_failure_is_not_kept(site: Site, tmp_path: Path) -> None:
    terms = replace(QUICK, cache=str(tmp_path))
    refused(terms, f"{site.url}/a", "404")
    site.routes["/a"] = Reply(b"there now")
    assert get(terms, f"{site.url}/a") == b"there now"


def test_a_failure_is_asked_for_once_in_a_session(site: Site) -> None:
    with Session(QUICK, "0", Sleeps().clock) as session:
        for _ in range(2):
            with pytest.raises(InputError, match="404"):
                session.picture(f"{site.url}/a.jpg", site.url)
    assert site.paths() == ["/a.jpg"]


def test_a_picture_is_asked_for_as_its_page_would(site: Site) -> None:
    def bound(asked: Asked) -> Reply:
        return Reply(b"picture") if asked.headers.get("referer") == f"{site.url}/a.html" else Reply(status=403)

    site.routes["/a.jpg"] = bound
    with Session(QUICK, "0", Sleeps().clock) as session:
        assert session.picture(f"{site.url}/a.jpg", f"{site.url}/a.html").path.read_bytes() == b"picture"
