"""What commands say: data on stdout, narration on stderr, and nothing that a terminal would obey."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from simulator.language.text import FORBIDDEN

if TYPE_CHECKING:
    from pathlib import Path

    from simulator.cli.exits import Exit


def safe(text: str) -> str:
    """Nothing that a terminal would obey: a log can come from a stranger."""
    return FORBIDDEN.sub("", text)


def out(text: str) -> None:
    """Data, on stdout."""
    click.echo(safe(text))


def err(text: str) -> None:
    """Narration, on stderr."""
    click.echo(safe(text), err=True)


def out_json(value: object) -> None:
    """Data as JSON (a text that is JSON, or a value), on stdout; what a terminal would obey is escaped, not lost."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, indent=2)
    click.echo(FORBIDDEN.sub(lambda found: f"\\u{ord(found.group()):04x}", text))


def stop(message: str, code: Exit) -> click.exceptions.Exit:
    """Say why on stderr, and give the exception to raise."""
    err(message)
    return click.exceptions.Exit(code)


def damage(path: Path, error: Exception) -> str:
    """What is wrong with a log, in a sentence."""
    line = getattr(error, "line", 0)
    return f"{path.stem} cannot be read{f' at line {line}' if line else ''}: {error}."
