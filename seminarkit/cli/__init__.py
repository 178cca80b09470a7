"""The command ``seminar``: one thin file per subcommand."""

from seminarkit.core.import_path import isolate

isolate()  # before commands and their dependencies are imported
