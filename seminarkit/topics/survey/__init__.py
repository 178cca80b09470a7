"""Forms that are shown as totals."""
