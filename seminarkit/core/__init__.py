"""The base layer: files, logs, forms, seminar settings, submissions and documents."""
