"""What the seminar is about, a folder per topic; so far the types of their dossiers."""
