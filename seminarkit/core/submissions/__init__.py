"""What submissions say: who may read what, reports merged from several, and dossiers."""
