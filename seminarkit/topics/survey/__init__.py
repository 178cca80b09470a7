"""The survey, and any other form that is published as totals."""
