"""Edition → file."""
