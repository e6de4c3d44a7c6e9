"""What one encounter means, as one value."""
