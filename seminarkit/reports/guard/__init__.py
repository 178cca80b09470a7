"""The guard: restricts the files that a report may open."""
