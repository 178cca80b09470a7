"""The seminar's settings, roles, session kinds, decisions and paths."""
