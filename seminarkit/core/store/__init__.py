"""The store: received files are the truth, the database is an index of them."""
