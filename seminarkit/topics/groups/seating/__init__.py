"""Seating as a scheduling problem: rules, preferences, and the solver."""
