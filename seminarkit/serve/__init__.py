"""Lets people fill in forms by a link, on a server of the organisers."""
