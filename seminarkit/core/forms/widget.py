"""The form as a Jupyter widget for Voilà, VS Code and Colab: the only user of anywidget.

The cell has two outputs. The first contains the form, the answers and a readable preview, as in
other hosts. The kernel rewrites it at every change, so that a saved notebook contains the answers
and can be read without a kernel. The second output is the live widget. In JupyterLab, the kit's
extension shows the first output as the form, without a kernel, and leaves the second one empty:
the answers then do not pass through the kernel, and ``filled`` does not change.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import uuid4

import anywidget
import traitlets
from IPython.display import DisplayHandle, display

from seminarkit.core.forms.bundle import mime_bundle
from seminarkit.core.forms.shapes import Payload, PersonalForm

WIDGET_MIME = "application/vnd.seminarkit.widget.v1+json"
_VIEW_MIME = "application/vnd.jupyter.widget-view+json"
_HERE = Path(__file__).resolve().parent
_GO_ON = (
    "These are the answers so far. To continue, run this cell: click into it and press "
    "Shift+Enter. The form then opens with all these answers."
)
_NO_KERNEL = f"The form opens here while the notebook is running. {_GO_ON}"
_STYLE = """
/* the preview is for who has no kernel: where the form is alive, it would say everything twice */
:is(.jp-OutputArea, .output_container):has(.sk-widget) .sk-preview { display: none; }
/* JupyterLab's own look of such lists, which the form lays out by itself */
.sk-host.sk-widget :is(dt, dd) { float: none; width: auto; }
.sk-host.sk-widget dl.sk-head { margin: 1rem 0; padding: .7rem 1rem; }
"""

_newest_payloads: dict[str, Payload] = {}


class FormWidget(anywidget.AnyWidget):  # type: ignore[misc]
    """The form of one person; ``filled`` is the payload."""

    _esm = "\n".join(
        (_HERE / name).read_text("utf-8") for name in ("form.js", "online.js", "widget.js")
    )
    _css = (_HERE / "form.css").read_text("utf-8") + _STYLE
    form = traitlets.Dict().tag(sync=True)
    filled = traitlets.Dict().tag(sync=True)
    line = traitlets.Dict().tag(sync=True)

    def __init__(
        self, form: PersonalForm, filled: Payload, line: Mapping[str, object] | None = None
    ) -> None:
        """Show a form; ``line`` is the configuration of online.js if there is a form server."""
        stored = _newest_payloads.get(form["instance"], filled)
        newest = max(filled, stored, key=lambda payload: int(payload["rev"]))
        super().__init__(form=form, filled=newest, line=dict(line or {}))
        self._first_output = DisplayHandle(f"seminarkit-{uuid4().hex}")
        self._views = 0
        self.observe(self._store, "filled")
        self.on_msg(self._on_message)

    @property
    def answers(self) -> dict[str, object]:
        """The answers in the payload."""
        return dict(self.filled["answers"])

    def _ipython_display_(self, **_: Any) -> None:
        self._views = 0
        self._first_output.display(self._bundle(), raw=True)
        view = {"version_major": 2, "version_minor": 0, "model_id": self.model_id}
        display(
            {_VIEW_MIME: view, WIDGET_MIME: {}, "text/plain": _NO_KERNEL},
            raw=True,
        )

    def _bundle(self) -> dict[str, object]:
        bundle = mime_bundle(self.form, self.filled)
        words = f'<div class="sk-preview"><p><em>{_GO_ON}</em></p>{bundle["text/html"]}</div>'
        return {**bundle, "text/html": words}

    def _store(self, change: Any) -> None:
        _newest_payloads[self.form["instance"]] = self.filled
        if self._views <= 1:
            self._first_output.update(self._bundle(), raw=True)
            self.send({"kept": self.filled["rev"]})
        else:
            self.send({"stale": True})

    def _on_message(self, _: Any, message: Any, __: Any) -> None:
        # A second view means that the page was reloaded. It can no longer identify our first
        # output, so the answers would not be saved in the notebook: the person is told.
        if isinstance(message, dict) and message.get("opened"):
            self._views += 1
            if self._views > 1:
                self.send({"stale": True})
