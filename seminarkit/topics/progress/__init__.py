"""Progress: the board, the next steps, and nominations."""
