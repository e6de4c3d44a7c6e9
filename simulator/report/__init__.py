"""Debriefs and diagnostics as text and JSON; no logic."""
