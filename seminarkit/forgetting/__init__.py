"""Remove a person's data: find all traces in the seminar's folder, redact and verify."""
