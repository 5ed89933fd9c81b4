"""Confinement: what a process of the pool may open, held by the kernel (Landlock), which no code in it can undo.

There are the programs and libraries of the system, Python's modules, what newsbook brings along, and the faces that
fontconfig finds, to be read; and the folders that the process works in. There is no TCP and no other file, nor
for the programs that it starts. Datagrams and sockets that are files are left, as far as the kernel leaves them. Where
it has no Landlock, or the library is missing, nothing is held.
"""

import mimetypes
import os
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from newsbook.assets import root
from newsbook.fontconfig import places_read

_SYSTEM = (
    "/usr", "/lib", "/lib32", "/lib64", "/nix/store", "/gnu/store", "/run/current-system/sw", "/etc/ld.so.cache",
    "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/etc/fonts", "/etc/localtime", "/etc/alternatives",
    "/var/cache/fontconfig", "/var/lib/fonts", "/sys/devices/system/cpu", "/dev/null", "/dev/zero", "/dev/random",
    "/dev/urandom",
)  # fmt: skip


def confine(writable: Iterable[str]) -> bool:
    """Hold this thread, and those that it starts, to what a job needs; tell whether the kernel does so."""
    if sys.platform != "linux":
        return False
    try:
        from landlockpy import AccessFS, Ruleset, Scope, supported
    except ImportError:
        return False
    reading, working = AccessFS.READ_FILE | AccessFS.READ_DIR | AccessFS.EXECUTE, ~AccessFS.EXECUTE
    with suppress(OSError):
        if not supported():
            return False
        with Ruleset(scoped=Scope.SIGNAL | Scope.ABSTRACT_UNIX_SOCKET) as rules:
            for access, places in ((reading, set(_readable())), (working, set(writable))):
                for place in places:
                    with suppress(OSError):
                        of_files = AccessFS.READ_FILE | AccessFS.EXECUTE
                        rules.allow_path(place, access if Path(place).is_dir() else access & of_files)
            rules.restrict()
        return True
    return False


def _readable() -> Iterator[str]:
    """Yield what a job reads beside the store."""
    yield from (*_SYSTEM, *map(str, mimetypes.knownfiles))
    yield from (f"/proc/{os.getpid()}", sys.prefix, sys.base_prefix, *sysconfig.get_paths().values())
    here = os.path.realpath(os.curdir)
    yield from (path for path in sys.path if path and os.path.realpath(path) != here)
    yield from (str(Path(__file__).parents[1]), str(root() / "styles"), str(root() / "templates"))
    yield from places_read()
