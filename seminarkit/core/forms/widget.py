"""A form as a widget, for Voilà, VS Code and Colab: the only door to anywidget and ipywidgets.

The cell gets two outputs. The first holds form, answers and a readable preview, as in the other
hosts; the kernel writes it anew at every change, so that a saved notebook holds the answers and
can be read without a kernel. The second is the live widget. Where JupyterLab has the kit's
extension, that draws the first as the form itself, which needs no kernel, and leaves the second
empty: the words then do not pass through the kernel, and ``filled`` stays as it was.
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
    "These are the answers so far. To go on writing, run this cell: click into it and press "
    "Shift+Enter. The form then opens with all of them."
)
_NO_KERNEL = f"The form opens here while the notebook's kernel is at work. {_GO_ON}"
_STYLE = """
/* the preview is for who has no kernel: where the form is alive, it would say everything twice */
:is(.jp-OutputArea, .output_container):has(.sk-widget) .sk-preview { display: none; }
/* JupyterLab's own look of such lists, which the form lays out by itself */
.sk-host.sk-widget :is(dt, dd) { float: none; width: auto; }
.sk-host.sk-widget dl.sk-head { margin: 1rem 0; padding: .7rem 1rem; }
"""

_newest: dict[str, Payload] = {}


class FormWidget(anywidget.AnyWidget):  # type: ignore[misc]
    """One person's form. ``filled`` is the payload, as it travels in a notebook."""

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
        """``line`` is what online.js is to know where a server stands behind the kernel."""
        known = _newest.get(form["instance"], filled)
        newest = max(filled, known, key=lambda each: int(each["rev"]))
        super().__init__(form=form, filled=newest, line=dict(line or {}))
        self._shown = DisplayHandle(f"seminarkit-{uuid4().hex}")
        self._views = 0
        self.observe(self._keep, "filled")
        self.on_msg(self._hear)

    @property
    def answers(self) -> dict[str, object]:
        """The answers alone."""
        return dict(self.filled["answers"])

    def _ipython_display_(self, **_: Any) -> None:
        self._views = 0
        self._shown.display(self._bundle(), raw=True)
        view = {"version_major": 2, "version_minor": 0, "model_id": self.model_id}
        display(
            {_VIEW_MIME: view, WIDGET_MIME: {}, "text/plain": _NO_KERNEL},
            raw=True,
        )

    def _bundle(self) -> dict[str, object]:
        bundle = mime_bundle(self.form, self.filled)
        words = f'<div class="sk-preview"><p><em>{_GO_ON}</em></p>{bundle["text/html"]}</div>'
        return {**bundle, "text/html": words}

    def _keep(self, change: Any) -> None:
        _newest[self.form["instance"]] = self.filled
        if self._views <= 1:
            self._shown.update(self._bundle(), raw=True)
            self.send({"kept": self.filled["rev"]})
        else:
            self.send({"stale": True})

    def _hear(self, _: Any, message: Any, __: Any) -> None:
        # A second view is a page that was opened anew. It does not know which output is ours any
        # more, so what we write there would not come into the notebook: the person is told.
        if isinstance(message, dict) and message.get("opened"):
            self._views += 1
            if self._views > 1:
                self.send({"stale": True})
