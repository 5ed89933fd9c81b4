"""The project as a value, and `newsbook.toml`, the file that holds one."""

from newsbook.project.values import (
    Amendment,
    Conversion,
    Credits,
    Facts,
    Fetching,
    Output,
    Project,
    Reading,
    Release,
    Section,
)

__all__ = [
    "Amendment",
    "Conversion",
    "Credits",
    "Facts",
    "Fetching",
    "Output",
    "Project",
    "Reading",
    "Release",
    "Section",
]
