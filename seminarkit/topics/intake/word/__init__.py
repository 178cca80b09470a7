"""Word documents, as their readers see them."""
