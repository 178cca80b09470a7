"""Archives and other files that hold files."""
