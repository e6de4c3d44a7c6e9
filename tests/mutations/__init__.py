"""Mistakes as educators make them, planted by chance in the files that come with Bedside, and whether `check` sees them."""
