"""Bytes to text, whatever encoding they are in."""
