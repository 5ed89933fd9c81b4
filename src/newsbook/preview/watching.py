"""What changes on disk of the files of an issue, told as soon as it has."""

import os
from pathlib import Path
from threading import Event, Thread

from newsbook.claims import PREFIX
from newsbook.preview.workshop import Touched, Workshop

# Milliseconds: changes that follow each other so closely are one, and are told after so many at the latest.
_STEP, _DEBOUNCE = 30, 300

# Seconds until folders that could not be watched are tried again.
_PAUSE = 1.0


class Watch:
    """A thread that watches the folders of a workshop's files."""

    def __init__(self, workshop: Workshop) -> None:
        self._workshop = workshop
        self._closing, self._turning = Event(), Event()
        self._thread = Thread(target=self._watch_on, daemon=True)

    def open(self) -> None:
        """Begin to watch."""
        self._thread.start()

    def close(self) -> None:
        """Watch no more."""
        self._closing.set()
        self._turning.set()
        self._thread.join(5)

    def _watch_on(self) -> None:
        from watchfiles import watch

        while not self._closing.is_set():
            self._turning.clear()
            folders = {path.parent for path in self._workshop.files if path.parent.is_dir()}
            try:
                for changes in watch(
                    *folders,
                    watch_filter=self._belongs,
                    debounce=_DEBOUNCE,
                    step=_STEP,
                    stop_event=self._turning,
                    rust_timeout=500,
                    yield_on_timeout=True,
                    raise_interrupt=False,
                    recursive=False,
                ):
                    self._tell(frozenset(Path(os.path.realpath(path)) for _, path in changes))
                    if {path.parent for path in self._workshop.files} != folders:
                        break
            except (OSError, RuntimeError):  # A folder has gone, or there are too many.
                self._closing.wait(_PAUSE)

    def _tell(self, changed: frozenset[Path]) -> None:
        if changed:
            known = changed <= self._workshop.files
            self._workshop.touch(Touched(files=changed) if known else Touched())

    def _belongs(self, change: object, name: str) -> bool:
        """Tell whether a file in the folders may be of the issue: not what newsbook itself writes there."""
        del change
        path, sources = Path(name), self._workshop.sources
        made = {Path(output.file).name for output in sources.project.outputs} if sources else set[str]()
        return not path.name.startswith((PREFIX, ".")) and not path.name.endswith("~") and path.name not in made
