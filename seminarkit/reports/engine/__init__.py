"""The engine: runs notebooks in this process, forked from one that is loaded."""
