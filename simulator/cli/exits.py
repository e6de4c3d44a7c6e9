"""What the exit codes mean; they are part of the interface."""

from enum import IntEnum


class Exit(IntEnum):
    """0 clean, 1 problems found, 2 wrong usage, 3 a fault inside Bedside."""

    CLEAN = 0
    PROBLEMS = 1
    USAGE = 2
    FAULT = 3
