"""Countries: their reports, compared and at a glance."""
