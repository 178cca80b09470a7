"""What the submissions say: who owes what, and the dossiers that reports are made of."""
