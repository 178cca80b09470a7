"""Statistical disclosure control of the totals."""
