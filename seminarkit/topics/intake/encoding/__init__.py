"""Decoding of texts in any encoding."""
