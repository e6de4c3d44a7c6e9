"""Lines of a log: one JSON object each, closed by `h`, the SHA-256 of the line before's `h` and this line's body."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

Event = dict[str, Any]
FIRST = ""  # what stands for the `h` before the first line


def closed(event: Event, before: str) -> tuple[bytes, str]:
    """The line for an event, newline included, and its `h`."""
    body = _body(event)
    h = sha256((before + body).encode()).hexdigest()
    return f'{body[:-1]},"h":"{h}"}}\n'.encode(), h


def _body(event: Any) -> str:
    return json.dumps(event, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


@dataclass(frozen=True)
class Log:
    """What can be read of a log. `events` are the sound lines; `damage` names the first that is not.

    `torn` counts the bytes after the last whole line: what a loss of power leaves, and no more than one event.
    `head` is the `h` of the last sound line: the receipt.
    """

    events: list[Event] = field(default_factory=list)
    head: str = FIRST
    torn: int = 0
    damage: str = ""
    damaged_line: int = 0


def read_log(data: bytes) -> Log:
    """The log in `data`, up to the first line that is not what was written."""
    whole, newline, rest = data.rpartition(b"\n")
    events: list[Event] = []
    head = FIRST
    lines = whole.split(b"\n") if newline else []
    for number, line in enumerate(lines, start=1):
        event, h, damage = _read_line(line, head)
        if damage:
            return Log(events, head, len(rest), damage, number)
        events.append(event)
        head = h
    return Log(events, head, len(rest))


def _read_line(line: bytes, before: str) -> tuple[Event, str, str]:
    """The event and `h` of a line, or what is wrong with it."""
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError:
        return {}, "", "it is not UTF-8 text"
    body, mark, tail = text.rpartition(',"h":"')
    h = tail[:-2]
    if not mark or not tail.endswith('"}'):
        return {}, "", "it does not end with its check `h`"
    body += "}"
    if sha256((before + body).encode()).hexdigest() != h:
        return {}, "", "its check `h` does not fit: it, or the order of the lines, was changed"
    try:
        event = json.loads(body)
        is_ours = _body(event).encode() == body.encode()  # no key twice, no lone surrogate, one spelling of everything
    except (ValueError, RecursionError):
        is_ours = False
    if not is_ours:
        return {}, "", "it is not JSON as Bedside writes it"
    if not isinstance(event, dict) or not isinstance(event.get("event"), str):
        return {}, "", "it is not an event"
    return event, h, ""
