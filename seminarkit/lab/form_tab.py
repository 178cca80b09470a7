"""Hands out the form's page to a browser tab of its own, apart from JupyterLab."""

from __future__ import annotations

from jupyter_server.base.handlers import AuthenticatedFileHandler


class PageHandler(AuthenticatedFileHandler):
    """Pages may run their script and save a file; to JupyterLab they are strangers."""

    @property
    def content_security_policy(self) -> str:
        """Return the header that keeps a page from acting in the name of the person in Lab."""
        return f"{super().content_security_policy} allow-downloads allow-forms allow-modals"
