"""Device nodes of a test's own: the machine's are never touched."""

import os
import stat
from pathlib import Path

import pytest


def device(path: Path, minor: int) -> Path:
    """Make a node of the memory devices, 3 for null and 7 for full; skip the test where the system forbids it."""
    try:
        os.mknod(path, stat.S_IFCHR | 0o666, os.makedev(1, minor))
        os.close(os.open(path, os.O_WRONLY))
    except PermissionError:
        pytest.skip("only root makes device nodes, and not on every disk")
    return path
