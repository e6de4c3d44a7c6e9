"""Authored text: YAML with positions, expressions, templates, diagnostics."""
