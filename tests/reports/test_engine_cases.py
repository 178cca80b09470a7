"""What a cell may do, run by papermill's own engine and by the kit's: the same outputs, or said why.

Every case is a cell of one notebook, which each engine runs once, one after the other. Streams are
joined by name, as ipykernel cuts them by a clock. ``DIFFERENT`` holds the cases whose outputs are
not the same, with the reason; a case that is the same by now fails there, so that the list stays
true.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from seminarkit.reports.engine.engines import ENGINE, Run, run_notebook
from seminarkit.reports.engine.fork_server import run_forked

pytestmark = pytest.mark.timeout(180)


def past(call: str) -> str:
    """A cell that has something written past Python, which ipykernel reads in a thread of its own."""
    return f"import time\nvalue = {call}\ntime.sleep(0.5)\nvalue"


CASES = {
    "print": "print('a'); print('b')",
    "print in scripts": "print('ქართული العربية עברית Հայերեն Ўзбек')",
    "print without an end": "print('no newline', end='')",
    "carriage return": "print('50 %', end='\\r'); print('100 %')",
    "stderr": "import sys; print('wrong', file=sys.stderr)",
    "both streams": "import sys; print('out'); print('err', file=sys.stderr); print('out again')",
    "write": "import sys; _ = sys.stdout.write('written\\n')",
    "many prints": "for i in range(2000): print(i)",
    "a long line": "print('x' * 100_000)",
    "value": "6 * 7",
    "value of None": "None",
    "semicolon": "6 * 7;",
    "text value": "'text'",
    "list": "[1, 2, {'a': (3,)}]",
    "long list": "list(range(2000))",
    "set and dict": "{'b': {2, 1}, 'a': frozenset()}",
    "nested": "[[list(range(10))] * 5] * 5",
    "several values": "1\n2\n3",
    "assign and show": "x = 5\nx",
    "walrus": "(y := 7)",
    "state of an earlier cell": "x + y",
    "In and Out": "(In[1][:5], sorted(Out)[:1], _)",
    "function": "def f(a: int) -> int:\n    'Doc.'\n    return a + 1\nf(1)",
    "class with html": "class H:\n    def _repr_html_(self): return '<b>h</b>'\nH()",
    "class with bundle": "class B:\n    def _repr_mimebundle_(self, **_): return {'text/plain': 'b', 'application/x-b+json': {'b': 1}}\nB()",
    "class with a broken repr": "class R:\n    def __repr__(self): raise ValueError('no repr')\n    def _repr_html_(self): return 'html'\nR()",
    "html": "from IPython.display import HTML\nHTML('<i>hi</i>')",
    "markdown": "from IPython.display import Markdown, display\ndisplay(Markdown('# T'))",
    "svg": "from IPython.display import SVG\nSVG('<svg xmlns=\"http://www.w3.org/2000/svg\"/>')",
    "json": "from IPython.display import JSON\nJSON({'a': 1})",
    "raw bundle": "display({'text/html': '<p>', 'text/plain': 'p'}, raw=True, metadata={'isolated': True})",
    "several displays": "display(1, 'two', [3])",
    "display id": "h = display('first', display_id='one')",
    "update of an earlier cell": "h.update('second')\nprint('updated')",
    "update in the same cell": "k = display('a', display_id='two'); k.update('b')",
    "clear output": "from IPython.display import clear_output\nprint('gone'); clear_output(); print('kept')",
    "clear and wait": "print('gone'); clear_output(wait=True); print('kept')",
    "clear and wait for nothing": "print('stays'); clear_output(wait=True)",
    "capture": "%%capture held\nprint('held')",
    "show what was captured": "held.show()",
    "redirected": "import io, contextlib\nwith contextlib.redirect_stdout(io.StringIO()) as s: print('in')\nrepr(s.getvalue())",
    "zero division": "1/0",
    "name error": "nobody_there",
    "error in a function": "def deep(n):\n    return 1/0 if n == 0 else deep(n - 1)\ndeep(3)",
    "chained error": "try:\n    1/0\nexcept ZeroDivisionError as e:\n    raise ValueError('chained') from e",
    "error without words": "raise RuntimeError",
    "own error": "class Mine(Exception): pass\nraise Mine('mine', 2)",
    "assert": "assert 1 == 2, 'not equal'",
    "system exit": "raise SystemExit(3)",
    "keyboard interrupt": "raise KeyboardInterrupt",
    "output, then error": "print('before')\n1/0",
    "syntax error": "def (:",
    "await": "import asyncio\nawait asyncio.sleep(0.01)\n'awaited'",
    "create task": "t = asyncio.create_task(asyncio.sleep(0, 'done'))\nawait t",
    "gather": "await asyncio.gather(*(asyncio.sleep(0, i) for i in range(3)))",
    "async for": "async def g():\n    for i in range(2): yield i\n[i async for i in g()]",
    "a running loop": "asyncio.get_running_loop().is_running()",
    "asyncio run": "try:\n    asyncio.run(asyncio.sleep(0))\nexcept RuntimeError as e:\n    print(type(e).__name__)",
    "input": "input('name? ')",
    "getpass": "import getpass\ngetpass.getpass()",
    "line magic": "%precision 3\n3.14159",
    "who": "who_marker = 1\n%who_ls int",
    "env magic": "%env NO_SUCH_ENV_HERE=1",
    "cell magic": "%%script cat\nfrom cat",
    "bash": "%%bash\necho from bash",
    "shell": "!echo from a shell",
    "shell value": "lines = !echo one\nlist(lines)",
    "unknown magic": "%no_such_magic",
    "system": "import os\nos.system('true')",
    "subprocess captured": "import subprocess\nsubprocess.run(['echo', 'hi'], capture_output=True, text=True).stdout",
    "subprocess past python": past("subprocess.run(['echo', 'past python'])"),
    "fd write": past("os.write(1, b'past python\\n')"),
    "fd write to stderr": past("os.write(2, 'ა\\n'.encode())"),
    "python's own stdout": past("print('under the stream', file=sys.__stdout__, flush=True)"),
    "much past python": past("subprocess.run(['seq', '20000']).returncode"),
    "system with output": past("os.system('echo from system; echo and wrong >&2')"),
    "descriptor of a stream": "sys.stdout.fileno() > 0",
    "thread that prints": "import threading\nt = threading.Thread(target=lambda: print('from a thread')); t.start(); t.join()",
    "logging": "import logging\nlogging.getLogger('x').warning('logged')",
    "warning": "import warnings\nwarnings.warn('warned')",
    "data frame": "import pandas as pd\npd.DataFrame({'a': [1, 2], 'ბ': ['x', None]})",
    "series": "pd.Series([1.5, 2.5], name='s')",
    "figure": "from matplotlib.figure import Figure\nf = Figure(figsize=(1, 1)); f.subplots().plot([1, 2]); f",
    "pyplot": "import matplotlib.pyplot as plt\nplt.figure(figsize=(1, 1)); plt.plot([1, 2]); plt.show()",
    "pyplot left open": "_ = plt.figure(figsize=(1, 1)); _ = plt.plot([2, 1])",
    "open figures": "plt.get_fignums()",
    "backend": "import matplotlib\nmatplotlib.get_backend()",
    "widget": "import ipywidgets\nipywidgets.IntSlider(3).value",
    "next input": "get_ipython().set_next_input('later')",
    "source of a function": "import inspect\ninspect.getsource(f) if callable(f) else 'a figure'",
    "pickle": "import pickle\npickle.loads(pickle.dumps({'a': 1}))",
    "help": "len?",
    "folder": "os.path.basename(os.getcwd())",
    "main module": "__name__",
    "shell class": "type(get_ipython()).__name__",
    "terminal": "[os.environ.get(n) for n in ('TERM', 'PAGER', 'FORCE_COLOR', 'MPLBACKEND')]",
    "arguments": "import sys\nlen(sys.argv) > 0",
    "seed": "import random\nrandom.seed(1); random.random()",
    "display hook": "import builtins\nhasattr(builtins, 'display')",
    "exit": "exit",
    "after all": "print('still here')",
}
DIFFERENT = {
    "shell class": "it is ipykernel's shell for a kernel in the same process",
}


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], dict[str, Any]]:
    """What both engines made of every case: papermill's own, and the kit's."""
    folder = tmp_path_factory.mktemp("cases")
    cells = [
        new_code_cell(source, id=f"case-{i}", metadata={"tags": ["raises-exception"]})
        for i, source in enumerate(CASES.values())
    ]
    kernel = {"name": "python3", "language": "python", "display_name": "Python 3"}
    book = new_notebook(cells=cells, metadata={"kernelspec": kernel})
    nbformat.write(book, folder / "cases.ipynb")
    runs = {
        engine: Run(
            str(folder / "cases.ipynb"), str(folder / f"{engine}.ipynb"), str(folder), {}, engine
        )
        for engine in (None, ENGINE)
    }
    # papermill calls a run failed in which a cell did, and keeps what all cells said
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("PYTEST_CURRENT_TEST", raising=False)  # ipykernel is another under pytest
        told = run_notebook(runs[None])
    assert told
    assert dict(run_forked({ENGINE: runs[ENGINE]}, 1, run_notebook))[ENGINE][0] == told
    usual, quick = (_outputs(folder / f"{engine}.failed.ipynb") for engine in runs)
    return usual, quick


def _outputs(path: Path) -> dict[str, Any]:
    """Return by case the count of the cell and its outputs, without what differs from run to run."""
    book = json.loads(path.read_text("utf-8"))
    cells = [cell for cell in book["cells"] if cell["cell_type"] == "code"]
    return {
        name: {"count": cell["execution_count"], "outputs": _settled(cell["outputs"])}
        for name, cell in zip(CASES, cells, strict=True)
    }


def _settled(outputs: list[dict[str, Any]]) -> list[Any]:
    streams: dict[str, str] = {}
    found: list[Any] = []
    for output in outputs:
        if output["output_type"] == "stream":
            streams[output["name"]] = streams.get(output["name"], "") + "".join(output["text"])
        else:
            found.append(output)
    text = json.dumps([*sorted(streams.items()), *found], sort_keys=True, ensure_ascii=False)
    # names of the cells' files, and addresses in memory, are of a process
    text = re.sub(r"/tmp/(?:seminarkit-run-\w+/)*ipykernel_\d+/\d+\.py", "<cell>", text)
    return list(json.loads(re.sub(r"0x[0-9a-f]{6,}", "0x", text)))


@pytest.mark.parametrize("name", [name for name in CASES if name not in DIFFERENT])
def test_the_same(ran: tuple[dict[str, Any], dict[str, Any]], name: str) -> None:
    """O16"""
    usual, quick = ran
    assert quick[name] == usual[name]


@pytest.mark.parametrize("name", DIFFERENT)
def test_different_for_a_reason(ran: tuple[dict[str, Any], dict[str, Any]], name: str) -> None:
    usual, quick = ran
    assert quick[name] != usual[name], "it is the same by now: take it from the list"


def test_there_are_pictures_and_tables(ran: tuple[dict[str, Any], dict[str, Any]]) -> None:
    """A second shell in one process drops every chart without a word: they are counted."""
    for made in ran:
        text = json.dumps(made)
        assert text.count('"image/png"') == 2
        assert text.count("<table") >= 1
    assert len(CASES) >= 60
