"""Evidence, opportunities and scores, derived from the events of a playthrough."""
