"""Four themes: dark, light, high contrast, and one whose colours no colour blindness runs together.

One accent colour; weight and place do the rest, so that everything reads the same without colour.
"""

from __future__ import annotations

from typing import Final

from textual.theme import Theme

THEMES: Final = {
    "dark": Theme(
        name="dark", primary="#e2a457", accent="#e2a457", foreground="#dcd7cd", background="#16171a",
        surface="#1d1f23", panel="#26292e", warning="#e2a457", error="#e07a6a", success="#8fb58a", dark=True,
        variables={"quiet": "#948e83", "rule": "#3a3d43", "marked": "#2b2e34", "footer-key-foreground": "#e2a457"},
    ),
    "light": Theme(
        name="light", primary="#8a4b0f", accent="#8a4b0f", foreground="#29261f", background="#fbf8f1",
        surface="#f4efe4", panel="#ebe4d5", warning="#8a4b0f", error="#a32a1c", success="#3c6b37", dark=False,
        variables={"quiet": "#6b6558", "rule": "#d3cab8", "marked": "#eee5d2", "footer-key-foreground": "#8a4b0f"},
    ),
    "contrast": Theme(
        name="contrast", primary="#ffe600", accent="#ffe600", foreground="#ffffff", background="#000000",
        surface="#000000", panel="#000000", warning="#ffe600", error="#ff6b6b", success="#7dff7d", dark=True,
        variables={"quiet": "#d0d0d0", "rule": "#ffffff", "marked": "#333300", "footer-key-foreground": "#ffe600"},
    ),
    "colour-blind": Theme(
        name="colour-blind", primary="#56b4e9", accent="#56b4e9", foreground="#e6e6e6", background="#14171c",
        surface="#1b1f26", panel="#232833", warning="#e69f00", error="#e69f00", success="#56b4e9", dark=True,
        variables={"quiet": "#9aa3b0", "rule": "#3a4250", "marked": "#24303c", "footer-key-foreground": "#56b4e9"},
    ),
}  # fmt: skip
