"""Numbers only: how far people agree, and what chance alone would do. It knows nothing of encounters."""
