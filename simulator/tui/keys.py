"""Bindings by their ids, so that settings can remap them."""

from __future__ import annotations

from textual.binding import Binding

from simulator.library.keys import KEYS


def bind(id: str, action: str, description: str | None = None, *, show: bool = True, keys: str = "") -> Binding:
    """A binding by its id; `keys` where a screen needs another than the usual."""
    usual, what = KEYS[id]
    text = what if description is None else description
    return Binding(keys or usual, action, text, show=show, id=id)
