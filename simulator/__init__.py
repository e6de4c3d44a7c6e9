"""Bedside: text-based patient encounters, scored against what makes relationships heal."""

__version__ = "0.1.0"
