"""Where the package is, and the materials of the kit's own seminar."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
# An installed kit carries its materials inside the package; a checkout has them beside it.
KIT = PACKAGE / "kit" if (PACKAGE / "kit").is_dir() else PACKAGE.parent
