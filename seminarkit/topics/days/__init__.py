"""The days of the seminar: programme, room lists and duty sheets."""
