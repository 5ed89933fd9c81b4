"""The project as a value: what is to be made, of what, and how; and `newsbook.toml`, the file that holds one."""

from newsbook.gate import Caps
from newsbook.project.amendments import Amending, Arranged, amended, arranged, fits, unfit
from newsbook.project.checks import check, moment
from newsbook.project.draft import Mistake, ProjectDraft, ProjectError, nearest, shown
from newsbook.project.file import find
from newsbook.project.flags import FLAGS, Flag
from newsbook.project.lengths import length_of
from newsbook.project.merging import assume, merge
from newsbook.project.papers import paper_size
from newsbook.project.paths import files_named, located, pinned, pinned_path
from newsbook.project.reading import load, read
from newsbook.project.series import is_series, issues_in
from newsbook.project.sizes import bytes_of
from newsbook.project.values import (
    Advertisement,
    Allowance,
    Amendment,
    Conversion,
    Correction,
    Credits,
    Design,
    DesignFaces,
    Facts,
    Fetching,
    HousePiece,
    Inspection,
    Kind,
    Marks,
    Output,
    PictureAmendment,
    Processing,
    Project,
    Reading,
    Release,
    Replacement,
    Script,
    Section,
    Series,
    Staff,
    StaffRole,
)

__all__ = [
    "FLAGS",
    "Advertisement",
    "Allowance",
    "Amending",
    "Amendment",
    "Arranged",
    "Caps",
    "Conversion",
    "Correction",
    "Credits",
    "Design",
    "DesignFaces",
    "Facts",
    "Fetching",
    "Flag",
    "HousePiece",
    "Inspection",
    "Kind",
    "Marks",
    "Mistake",
    "Output",
    "PictureAmendment",
    "Processing",
    "Project",
    "ProjectDraft",
    "ProjectError",
    "Reading",
    "Release",
    "Replacement",
    "Script",
    "Section",
    "Series",
    "Staff",
    "StaffRole",
    "amended",
    "arranged",
    "assume",
    "bytes_of",
    "check",
    "files_named",
    "find",
    "fits",
    "is_series",
    "issues_in",
    "length_of",
    "load",
    "located",
    "merge",
    "moment",
    "nearest",
    "paper_size",
    "pinned",
    "pinned_path",
    "read",
    "shown",
    "unfit",
]
