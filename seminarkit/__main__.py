"""``python -m seminarkit``: the command where ``seminar`` is not on the path."""

from seminarkit.cli.main import main

main()
