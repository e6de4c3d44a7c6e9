"""The app, played by Pilot: messages and state first, pictures after."""
