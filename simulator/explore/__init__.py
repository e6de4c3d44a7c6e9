"""Every playthrough at once: the states that can be reached, and what follows from them exactly."""
