"""Run newsbook. Signals are met from here on, before anything is loaded: there is nothing to clear up yet."""

import os
import signal

TYPE_CHECKING = False  # As of typing, which takes its time to load.
if TYPE_CHECKING:
    from types import FrameType
    from typing import NoReturn


def main() -> "NoReturn":
    """Run the command line."""
    for number in (signal.SIGINT, signal.SIGTERM):
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _leave)
    from newsbook.cli import main as run

    run()


def _leave(number: int, frame: "FrameType | None") -> "NoReturn":
    del frame
    is_interrupt = number == signal.SIGINT
    try:
        os.write(2, f"newsbook: {'interrupted' if is_interrupt else 'terminated'}; nothing was written.\n".encode())
    finally:
        os._exit(130 if is_interrupt else 143)


if __name__ == "__main__":
    main()
