"""Intake: store received bytes, read them in a child process, record the outcome."""
