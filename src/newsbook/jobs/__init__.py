"""Jobs: what is worth doing elsewhere or twice, as values, and the runners that do them."""

from newsbook.jobs.bisection import culprits
from newsbook.jobs.job import Done, Failed, Job, Outcome, Reason
from newsbook.jobs.key import key_of
from newsbook.jobs.processes import Limits, Processes
from newsbook.jobs.runners import Kept, Pending, Pooled, Runner, Serial

__all__ = [
    "Done",
    "Failed",
    "Job",
    "Kept",
    "Limits",
    "Outcome",
    "Pending",
    "Pooled",
    "Processes",
    "Reason",
    "Runner",
    "Serial",
    "culprits",
    "key_of",
]
