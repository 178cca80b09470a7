"""Reads hand-written YAML files, and reports mistakes with their lines."""
