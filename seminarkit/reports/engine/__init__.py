"""The engine: runs notebooks in processes forked from one in which everything is loaded."""
