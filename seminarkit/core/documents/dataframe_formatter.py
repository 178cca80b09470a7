"""Register a Jupyter formatter that shows pandas DataFrames as tables of the kit.

Neither pandas nor the kit's writers are loaded until a cell shows a DataFrame.
"""

from __future__ import annotations

import sys

_CLASSES = (
    ("pandas", "DataFrame"),
    ("pandas.core.frame", "DataFrame"),  # before pandas 3
    ("pandas", "Series"),
    ("pandas.core.series", "Series"),
    ("pandas.io.formats.style", "Styler"),
)


def show_frames() -> None:
    """Show DataFrames as tables in the running notebook, if there is one."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    if shell is not None:
        formatter = shell.display_formatter.mimebundle_formatter
        for module, name in _CLASSES:
            formatter.for_type_by_name(module, name, _bundle)


def _bundle(frame: object, **_: object) -> dict[str, object]:
    from seminarkit.core.documents.dataframe_tables import frame_bundle

    return frame_bundle(frame)
