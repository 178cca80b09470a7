"""OpenDocument texts, as their readers see them."""
