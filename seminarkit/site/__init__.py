"""The sites: pages and files of every audience, and the last check before they are published."""
