"""What the seminar is about: one folder per topic."""
