"""Reports: notebooks that read a dossier, and the batch that runs them."""
