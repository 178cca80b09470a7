"""The Seminar Kit: prepare, hold and conclude a seminar with notebooks."""
