"""The seminar: seminar.yml, roles, kinds of session, decisions, and all paths."""
