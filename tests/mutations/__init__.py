"""Mistakes as educators make them, planted in the shipped files by chance, and whether `check` names them."""
