"""The sites: pages and files for every audience, and the last check before publication."""
