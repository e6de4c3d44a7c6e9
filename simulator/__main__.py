"""`bedside`, and `python -m simulator`."""

import sys

from simulator.cli.main import run


def main() -> None:
    """Run the command line; a fault inside Bedside is told in a sentence and kept in a file."""
    sys.exit(run())


if __name__ == "__main__":
    main()
