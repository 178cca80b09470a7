"""The store: the received files, and an index of them that can be rebuilt at any time."""
