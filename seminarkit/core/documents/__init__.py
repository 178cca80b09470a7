"""The document model (pieces as data) and its writers: HTML, Word, PDF, slides and tables."""
