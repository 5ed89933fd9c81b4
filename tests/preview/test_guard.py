"""Who gets anything from a preview: a browser with the token, of this host and this origin, and nobody else."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from newsbook.preview.board import Board
from newsbook.preview.guard import MOST_BYTES, Guard
from newsbook.preview.site import site
from newsbook.preview.workshop import Workshop
from newsbook.project import ProjectDraft

HOST = "127.0.0.1:8765"
ORIGIN = f"http://{HOST}"
TOKEN = "a-token-that-nobody-knows"  # noqa: S105 - it opens nothing.


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    (tmp_path / "secret.txt").write_text("nobody's business", "utf-8")
    settings = tmp_path / "newsbook.toml"
    settings.write_text('inputs = ["."]  # all\n', "utf-8")
    workshop = Workshop(ProjectDraft, settings, Board(), tmp_path / "scratch")
    with TestClient(Guard(site(workshop), HOST, TOKEN), base_url=ORIGIN, follow_redirects=False) as made:
        yield made
    assert settings.read_text("utf-8") == 'inputs = ["."]  # all\n'


def test_who_has_the_token_is_served_and_told_to_load_nothing_from_elsewhere(client: TestClient) -> None:
    page = client.get(f"/{TOKEN}/")
    assert page.status_code == 200
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "'unsafe" not in policy
    assert "http" not in page.text.replace("http-equiv", "")
    assert client.get(f"/{TOKEN}/state.json").json()["articles"] == []
    assert not [name for name in page.headers if name.startswith("access-control") or name == "set-cookie"]


@pytest.mark.parametrize(
    "path", ["/", "/state.json", "/wrong/state.json", f"/{TOKEN}", f"/{TOKEN}x/", f"/{TOKEN[:-1]}/"]
)
def test_without_the_token_there_is_nothing(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.content) == (403, b"")


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "evil.example:8765"},
        {"Host": "localhost:8765"},
        {"Host": "127.0.0.1"},
        {"Host": "127.0.0.1:80"},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:9999"},
        {"Origin": "https://127.0.0.1:8765"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_another_host_or_origin_gets_nothing_even_with_the_token(client: TestClient, headers: dict[str, str]) -> None:
    for path in ("", "state.json", "main.js", "events"):
        answer = client.get(f"/{TOKEN}/{path}", headers=headers)
        assert (answer.status_code, answer.content) == (403, b"")
    edit = {"edit": {"type": "new-section", "name": "x"}}
    answer = client.post(f"/{TOKEN}/edit", json=edit, headers={"Origin": ORIGIN, **headers})
    assert (answer.status_code, answer.content) == (403, b"")


def test_what_is_written_names_its_origin(client: TestClient) -> None:
    edit = {"edit": {"type": "new-section", "name": "x"}}
    assert client.post(f"/{TOKEN}/edit", json=edit).status_code == 403


@pytest.mark.parametrize(
    "path",
    [
        "../secret.txt", "%2e%2e/secret.txt", "..%2fsecret.txt", "pages/../../secret.txt", "secret.txt",
        "book/x/files/../../../secret.txt", f"book/{'0' * 64}/files/mimetype", "newsbook.toml",
        "pages/x/0.png?width=100",
        f"pages/{'0' * 64}/0.png?width=100", "templates/proof.html", "main.js/../../proof.js",
        "galley.json?article=../x",
    ],
)  # fmt: skip
def test_nothing_outside_of_the_issue_is_served(client: TestClient, path: str) -> None:
    answer = client.get(f"/{TOKEN}/{path}")
    assert 400 <= answer.status_code < 500
    assert b"nobody" not in answer.content
    assert b"inputs" not in answer.content


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"[]", b"\xff", b'{"edit": 1}', b'{"edit": {"type": "none"}}', b'{"edit": {"type": "headline"}}',
        b'{"edit": {"type": "headline", "article": 1, "text": "x"}}', b"[" * 100_000,
        b'{"edit": {"type": "headline", "article": "a", "text": "x", "more": 1}}',
        b'{"edit": {"type": "headline", "article": "nowhere", "text": "x"}}',
        b'{"edit": {"type": "move", "article": "nowhere", "section": ""}}',
        b'{"edit": {"type": "new-section", "name": " "}}',
        b'{"edit": {"type": "drop-section", "name": "nowhere"}}',
    ],
)  # fmt: skip
def test_an_edit_that_makes_no_sense_is_refused(client: TestClient, body: bytes) -> None:
    headers = {"Origin": ORIGIN, "Content-Type": "application/json"}
    for path in ("edit", "decide"):
        assert 400 <= client.post(f"/{TOKEN}/{path}", content=body, headers=headers).status_code < 500


def test_what_is_too_large_or_no_json_is_refused(client: TestClient) -> None:
    large = b'{"edit": {"type": "new-section", "name": "' + b"x" * MOST_BYTES + b'"}}'
    headers = {"Origin": ORIGIN, "Content-Type": "application/json"}
    assert client.post(f"/{TOKEN}/edit", content=large, headers=headers).status_code == 413
    pieces = (large[at : at + 65536] for at in range(0, len(large), 65536))
    assert client.post(f"/{TOKEN}/edit", content=pieces, headers=headers).status_code == 413
    form = {"Origin": ORIGIN, "Content-Type": "text/plain"}
    small = b'{"edit": {"type": "new-section", "name": "x"}}'
    assert client.post(f"/{TOKEN}/edit", content=small, headers=form).status_code == 415
    for method in ("PUT", "DELETE", "OPTIONS", "PATCH"):
        assert client.request(method, f"/{TOKEN}/edit", headers=headers).status_code in {403, 405}
    assert client.get(f"/{TOKEN}/edit").status_code == 405
