"""YAML files that people write: read quickly, and wrong ones named with their line."""
