"""Logs on disk: written as the learner plays, replayed, verified. The log is the session."""
