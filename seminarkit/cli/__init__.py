"""The command ``seminar``: one thin file a stage."""
