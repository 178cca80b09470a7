"""Paths of the package and of the kit's materials, such as templates and notebooks."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
# An installed kit has its materials inside the package; a checkout has them beside it.
KIT = PACKAGE / "kit" if (PACKAGE / "kit").is_dir() else PACKAGE.parent
