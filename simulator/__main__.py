"""`bedside`, and `python -m simulator`."""

import sys


def main() -> None:
    """Run the command line; a fault inside Bedside is told in a sentence and kept in a file."""
    from simulator.cli.main import run

    sys.exit(run())


if __name__ == "__main__":
    main()
