"""Fuzz one target with atheris: `.venv/bin/python fuzz/run.py TARGET [CORPUS…] [-runs=N] [-seed=N] [libFuzzer's flags]`.

The seeds in `fuzz/corpus/TARGET` are read, and nothing is written there: name a CORPUS to keep what is found.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import atheris

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "src")]

with atheris.instrument_imports(include=["newsbook"]):
    from targets import TARGETS


def main() -> None:
    """Run until the flags say enough, or a law is broken."""
    name, *rest = sys.argv[1:]
    seeds = HERE / "corpus" / name
    with TemporaryDirectory(prefix="newsbook-fuzz-") as scratch:
        # What is found is written into the first folder.
        folders = [each for each in rest if not each.startswith("-")] or [scratch]
        flags = [each for each in rest if each.startswith("-")]
        arguments = ["-max_len=256", "-len_control=0", "-timeout=60", *flags, *folders, f"{seeds}"]
        atheris.Setup([sys.argv[0], *arguments], TARGETS[name])
        atheris.Fuzz()


if __name__ == "__main__":
    main()
