"""One playthrough: program, state, transition. Pure: no file, no clock, no screen."""
