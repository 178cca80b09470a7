"""The survey, and other forms whose results are published as totals."""
