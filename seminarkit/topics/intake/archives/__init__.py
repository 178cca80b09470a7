"""Archives and other files that contain files."""
