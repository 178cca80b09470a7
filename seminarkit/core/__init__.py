"""The base layer of the package: files, logs, forms, seminar settings, submissions and documents."""
