"""Where Bedside keeps what is the user's."""

from __future__ import annotations

import os
from pathlib import Path


def home() -> Path:
    """The data folder: `BEDSIDE_HOME`, or the platform's usual one."""
    given = os.environ.get("BEDSIDE_HOME")
    if given:
        return Path(given).expanduser()
    from platformdirs import user_data_path

    return user_data_path("bedside", appauthor=False)
