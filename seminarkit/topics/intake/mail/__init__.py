"""Mails: their parts, and which lines are the writer's own."""
