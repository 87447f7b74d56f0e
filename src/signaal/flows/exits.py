"""Exit codes of the command."""

from enum import IntEnum


class Exit(IntEnum):
    """What a scheduler learns from a command: done, something waits for a person, usage, failed."""

    DONE = 0
    WAITS = 1
    USAGE = 2
    FAILED = 3
