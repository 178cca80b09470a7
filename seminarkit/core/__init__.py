"""The base layer: files, logs, forms, the seminar, submissions and documents."""
