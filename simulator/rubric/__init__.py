"""What an educator writes about what is looked for, as checked values with positions."""
