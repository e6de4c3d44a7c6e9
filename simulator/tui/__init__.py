"""The full-screen app: screens over the same session and the same debrief that the plain player uses."""
