"""The command line and the plain player."""
