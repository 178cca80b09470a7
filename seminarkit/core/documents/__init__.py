"""Documents: pieces as data, and what writes them as page, Word, PDF, slides and tables."""
