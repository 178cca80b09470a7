"""Serve the page of a form in its own browser tab, isolated from JupyterLab."""

from __future__ import annotations

from jupyter_server.base.handlers import AuthenticatedFileHandler


class PageHandler(AuthenticatedFileHandler):
    """A page may run its script and save a file, but has no access to JupyterLab."""

    @property
    def content_security_policy(self) -> str:
        """Return the header that stops a page from using the person's JupyterLab session."""
        return f"{super().content_security_policy} allow-downloads allow-forms allow-modals"
