"""What everything stands on: files, logs, forms, the seminar, what came, and documents."""
