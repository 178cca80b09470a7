"""Countries: their reports, the facts known of them, and how they compare."""
