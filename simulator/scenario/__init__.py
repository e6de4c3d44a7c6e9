"""What an educator writes about one encounter, as checked values with positions."""
