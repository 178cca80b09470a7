"""The countries: reports, comparison, facts and overview."""
