"""Tell a package's index where the project is kept, and give it a README whose links and pictures lead there.

A plug-in of the build. The address is that of git's `origin`, or NEWSBOOK_ADDRESS; the site of the documentation is
NEWSBOOK_DOCUMENTATION. Where nothing is known nothing is claimed: no addresses, no pictures, links as plain words.
"""

import os
import re
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

from hatchling.metadata.plugin.interface import MetadataHookInterface

# Where a forge shows a file of a branch, and where it hands out the file itself.
FORGES = {
    "github.com": ("blob/main", "raw/main", "issues"),
    "gitlab.com": ("-/blob/main", "-/raw/main", "-/issues"),
    "codeberg.org": ("src/branch/main", "raw/branch/main", "issues"),
}


class Addresses(MetadataHookInterface):
    """Fill in `urls` and `readme` of the project's metadata."""

    def update(self, metadata: dict[str, object]) -> None:
        """Add what is known to the metadata."""
        root = Path(self.root)
        address = web_address(os.environ.get("NEWSBOOK_ADDRESS") or _origin(root))
        text = (root / "README.md").read_text("utf-8")
        metadata["readme"] = {"content-type": "text/markdown", "text": for_an_index(text, address)}
        metadata["urls"] = addresses(address, os.environ.get("NEWSBOOK_DOCUMENTATION", ""))


def _origin(root: Path) -> str:
    if not (root / ".git").exists():
        return ""
    done = subprocess.run(["git", "remote", "get-url", "origin"], cwd=root, check=False, capture_output=True, text=True)
    return done.stdout.strip()


def web_address(remote: str) -> str:
    """Return the page of a repository on a forge, by its remote; nothing for another host.

    >>> web_address("git@codeberg.org:ferry/newsbook.git")
    'https://codeberg.org/ferry/newsbook'
    >>> web_address("https://name:secret@github.com/ferry/newsbook")
    'https://github.com/ferry/newsbook'
    >>> web_address("/srv/git/newsbook.git")
    ''
    """
    parts = urlsplit(re.sub(r"^(?:\w+@)?([\w.-]+):(?!/)", r"ssh://\1/", remote))
    path = parts.path.strip("/").removesuffix(".git")
    return f"https://{parts.hostname}/{path}" if parts.hostname in FORGES and path.count("/") else ""


def addresses(address: str, documentation: str) -> dict[str, str]:
    """Return the addresses of a project, by the names that indexes know."""
    found = {"Documentation": documentation} if documentation else {}
    if address:
        page, _, issues = _forge(address)
        found = {"Documentation": f"{address}/{page}/docs/index.md"} | found
        found |= {"Homepage": address, "Source": address, "Issues": f"{address}/{issues}"}
        found |= {"Changelog": f"{address}/{page}/CHANGELOG.md"}
    return found


def for_an_index(text: str, address: str) -> str:
    """Return a README whose links and pictures lead to the repository, or are left out.

    >>> for_an_index("![A page](a.png) and [more](docs/more.md).", "https://codeberg.org/ferry/newsbook")
    '![A page](https://codeberg.org/ferry/newsbook/raw/branch/main/a.png) and [more](https://codeberg.org/ferry/newsbook/src/branch/main/docs/more.md).'
    >>> for_an_index("![A page](a.png) and [more](docs/more.md).", "")
    ' and more.'
    """

    def lead(found: re.Match[str]) -> str:
        mark, words, target = found.groups()
        if not address:
            return "" if mark else words
        page, raw, _ = _forge(address)
        return f"{mark}[{words}]({address}/{raw if mark else page}/{target})"

    return re.sub(r"(!?)\[([^\]]+)\]\((?![a-z]+:|#)([^)]+)\)", lead, text)


def _forge(address: str) -> tuple[str, str, str]:
    return FORGES[f"{urlsplit(address).hostname}"]
