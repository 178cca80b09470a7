"""The seminar: seminar.yml, the registries of roles and session kinds, decisions and paths."""
