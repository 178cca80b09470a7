"""The command ``seminar``: one thin file a stage."""

from seminarkit.core.import_path import isolate

isolate()  # before any command, or what it needs, is looked for
