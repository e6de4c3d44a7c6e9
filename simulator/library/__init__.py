"""Scenario and rubric files: found, read together, made into programs."""
