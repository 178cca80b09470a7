"""Read hand-written YAML files and report the lines of mistakes."""
