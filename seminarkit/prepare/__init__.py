"""Packs: what a delegation is sent to fill in."""
