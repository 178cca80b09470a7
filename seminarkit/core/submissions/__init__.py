"""Submissions: access rules, merged reports, sign-offs, and the shapes of dossiers."""
