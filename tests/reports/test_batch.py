"""Does the batch run all, fail one by one, keep the last good report, and skip what is unchanged?"""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat
import psutil
import pytest
from nbformat.v4 import new_code_cell, new_notebook
from shared import by_day

from seminarkit.core.errors import UsageError
from seminarkit.reports import batch
from seminarkit.reports.batch import BatchResult, run_batch, slow_engine_remarks
from seminarkit.reports.engine import limits
from seminarkit.reports.engine.engines import TOO_LARGE
from seminarkit.reports.engine.kernel import in_process_problem
from seminarkit.reports.engine.kernel_choice import KERNEL
from seminarkit.reports.run_record import Report


class Bench:
    """A folder with a small notebook of our own and dossiers for a few subjects."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.notebook = root / "small.ipynb"
        self.write(
            "assert country['fine'], 'the answer is not fine'\nprint(country['name'], colour)"
        )
        for name in ("AL", "GE", "UZ"):
            self.dossier(name)

    def write(self, source: str) -> None:
        cells = [
            new_code_cell('dossier = "x"\ncolour = "blue"', id="parameters"),
            new_code_cell(
                "from seminarkit import read_dossier\ncountry = read_dossier(dossier)", id="read"
            ),
            new_code_cell(source, id="work"),
        ]
        cells[0].metadata["tags"] = ["parameters"]
        kernel = {"name": "python3", "language": "python", "display_name": "Python 3"}
        book = new_notebook(cells=cells, metadata={"kernelspec": kernel})
        nbformat.write(book, self.notebook)

    def dossier(self, subject: str, **changed: Any) -> Path:
        path = self.root / "dossiers" / f"{subject}.json"
        path.parent.mkdir(exist_ok=True)
        about = {"subject": subject, "audience": "core", "name": subject, "fine": True}
        path.write_text(json.dumps({**about, **changed}))
        return path

    def reports(self, *names: str) -> list[Report]:
        return [
            Report(self.notebook, n, "core", self.root / "dossiers" / f"{n}.json", self.root / "out" / f"{n}.ipynb")
            for n in names
        ]  # fmt: skip

    def run(self, *names: str, **options: Any) -> BatchResult:
        return run_batch(self.reports(*(names or ("AL", "GE", "UZ"))), self.root, **options)

    def running(self) -> list[psutil.Process]:
        """Return the processes that a report has left in its folder."""
        found = []
        for each in psutil.process_iter():
            with suppress(psutil.NoSuchProcess, psutil.AccessDenied, psutil.ZombieProcess):
                if each.cwd() == str(self.root):
                    found.append(each)
        return found

    def ask_for_another_kernel(self, notebook: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Have a notebook ask for the kernel 'other', which is there."""
        spec = {
            "argv": [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
            "display_name": "Other",
            "language": "python",
            "env": {"WHICH_KERNEL": "the other"},
        }
        place = self.root / "share" / "kernels" / "other" / "kernel.json"
        place.parent.mkdir(parents=True)
        place.write_text(json.dumps(spec))
        monkeypatch.setenv("JUPYTER_PATH", str(self.root / "share"))
        book = json.loads(notebook.read_text())
        book["metadata"]["kernelspec"]["name"] = "other"
        notebook.write_text(json.dumps(book))


DIED = "The process that ran it crashed."


@pytest.fixture(params=["the kit's", "papermill's own"])
def engine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both ways to run a report; the second is taken where a process cannot be forked."""
    name: str = request.param
    if name == "papermill's own":
        monkeypatch.setattr(batch, "can_fork", lambda: False)
    return name


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


def names(reports: Any) -> list[str]:
    return [r.subject for r in reports]


def test_one_failure_stops_no_other_and_tells_cell_and_reason(bench: Bench) -> None:
    """O16 O17"""
    bench.dossier("GE", fine=False)
    seen: list[str] = []
    result = bench.run(done=lambda report: seen.append(report.subject))
    assert names(result.succeeded) == ["AL", "UZ"]
    ((report, failure),) = result.failed
    assert (report.subject, failure.cell) == ("GE", "work")
    assert failure.reason == "AssertionError: the answer is not fine"
    assert sorted(seen) == ["AL", "GE", "UZ"]


def test_a_failed_run_never_replaces_the_last_good_report(bench: Bench) -> None:
    """O18: and the evidence of the failure lies beside it, until a run succeeds."""
    bench.run("GE")
    output = bench.root / "out" / "GE.ipynb"
    good, record = output.read_bytes(), output.with_suffix(".json").read_bytes()
    bench.dossier("GE", fine=False)
    assert names(r for r, _ in bench.run("GE").failed) == ["GE"]
    assert (output.read_bytes(), output.with_suffix(".json").read_bytes()) == (good, record)
    evidence = output.with_suffix(".failed.ipynb")
    assert "the answer is not fine" in evidence.read_text("utf-8")
    bench.dossier("GE", name="Georgia")
    assert names(bench.run("GE").succeeded) == ["GE"]
    assert not evidence.exists()
    assert "Georgia" in output.read_text("utf-8")


def test_unchanged_reports_are_skipped_and_force_runs_all(bench: Bench) -> None:
    """O19"""
    assert len(bench.run().succeeded) == 3
    assert names(bench.run().skipped) == ["AL", "GE", "UZ"]
    bench.dossier("UZ", name="new")
    again = bench.run()
    assert (names(again.succeeded), names(again.skipped)) == (["UZ"], ["AL", "GE"])
    assert len(bench.run(force=True).succeeded) == 3


@pytest.mark.parametrize("what", ["notebook", "parameter", "output", "record"])
def test_whatever_a_report_depends_on_makes_it_run_again(bench: Bench, what: str) -> None:
    """O19 O21"""
    bench.run("GE")
    output = bench.root / "out" / "GE.ipynb"
    options: dict[str, Any] = {}
    if what == "notebook":
        bench.write("print(dossier, colour)")
    elif what == "parameter":
        options = {"parameters": {"colour": "red"}}
    elif what == "output":
        output.write_text("{}")
    else:
        output.with_suffix(".json").unlink()
    assert names(bench.run("GE", **options).succeeded) == ["GE"]


def test_an_unknown_parameter_is_an_error_with_a_near_match(bench: Bench) -> None:
    """O20: nothing is run."""
    with pytest.raises(UsageError, match=r"no parameter 'color'\. Did you mean 'colour'\?"):
        bench.run(parameters={"color": "red"})
    assert not (bench.root / "out").exists()


def test_the_run_record_says_what_the_report_was_made_of(bench: Bench) -> None:
    """O21"""
    bench.run("GE", parameters={"colour": "green"})
    record = json.loads((bench.root / "out" / "GE.json").read_text())
    made_of = record["made_of"]
    assert made_of["parameters"] == {"colour": "green", "dossier": "dossiers/GE.json"}
    assert {"papermill", "matplotlib", "pandas", "seminarkit"} <= set(made_of["versions"])
    for key in ("notebook", "dossier", "code"):
        assert len(made_of[key]) == 64
    assert len(record["output"]) == 64 and set(record["dossier_parts"]) == {
        "subject",
        "audience",
        "name",
        "fine",
    }
    assert record["finished_at"].endswith("Z")


def test_the_same_input_gives_the_same_bytes(bench: Bench) -> None:
    bench.run("GE")
    output = bench.root / "out" / "GE.ipynb"
    first = output.read_bytes()
    bench.run("GE", force=True)
    assert output.read_bytes() == first


DYING = [
    ("import os; os._exit(7)", DIED),
    ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", DIED),
    ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", DIED),
    ("raise SystemExit(3)", "SystemExit"),
    ("1/0", "ZeroDivisionError: division by zero"),
    ("input('?')", "StdinNotImplementedError"),
]


@pytest.mark.parametrize(
    ("engine", "source", "words"),
    [("the kit's", *each) for each in DYING]
    # a kernel of its own for each report takes long: one that is gone, and one that says why
    + by_day([("papermill's own", *each) for each in DYING], every=3),
    indirect=["engine"],
)
def test_a_notebook_that_dies_fails_alone(
    bench: Bench, engine: str, source: str, words: str
) -> None:
    """O17"""
    if engine == "papermill's own" and words == DIED:
        words = "DeadKernelError"
    bench.write(f"if 'GE' in dossier:\n    {source}")
    result = bench.run("AL", "GE")
    assert names(result.succeeded) == ["AL"]
    assert words in result.failed[0][1].reason


def test_a_run_that_kills_its_worker_fails_alone(bench: Bench, engine: str) -> None:
    """O17: what ran beside it is gone with it; the other reports are made all the same."""
    bench.write("import os, signal\nif 'GE' in dossier:\n    os.kill(os.getppid(), signal.SIGKILL)")
    result = bench.run()
    reasons = [failure.reason for _, failure in result.failed]
    if engine == "the kit's" and not reasons:  # it was quicker at its end than its parent's death
        assert names(result.succeeded) == ["AL", "GE", "UZ"]
    else:
        assert names(result.succeeded) == ["AL", "UZ"]
        assert reasons == [DIED]


@pytest.mark.timeout(90)
@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("while True: print('x' * 1000)", TOO_LARGE),
        ("print('x' * 25_000_000)", TOO_LARGE),
        ("from IPython.display import HTML\n    while True: display(HTML('y' * 10_000))", TOO_LARGE),
        ("all_of_it = bytearray(8_000_000_000)", "more memory than a report may have"),
        ("kept = []\n    while True: kept.append('z' * 1_000_000)", "more memory than a report may"),
        ("import os\n    while True: os.fork()", "more than 64 processes"),
        ("import subprocess\n    subprocess.run(['sh', '-c', 'while :; do sleep 60 & done'])", "more than 64"),
        ("import os\n    os.system('yes')", TOO_LARGE),
        ("import os\n    while True: os.write(2, b'z' * 100_000)", TOO_LARGE),
        ("from pathlib import Path\n    Path('big').write_bytes(bytes(200_000_000))", "File too large"),
        ("def f(): f()\n    f()", "RecursionError"),
    ],
)  # fmt: skip
def test_what_takes_too_much_fails_alone(bench: Bench, source: str, words: str) -> None:
    """O17: endless output, memory and processes; nothing of it is left."""
    bench.write(f"if 'GE' in dossier:\n    {source}")
    result = bench.run()
    assert names(result.succeeded) == ["AL", "UZ"]
    assert words in result.failed[0][1].reason
    assert not bench.running()


@pytest.mark.parametrize("end", ["pass", "os._exit(7)", "os.kill(os.getpid(), signal.SIGKILL)"])
def test_a_child_in_a_session_of_its_own_is_ended(bench: Bench, end: str) -> None:
    """O17: also one that lost its parents, whose report is killed; other children stay."""
    other = subprocess.Popen(["sleep", "600"], start_new_session=True)
    bench.write(
        "import os, pathlib, signal, subprocess, sys\n"
        "there = '-c', 'import os, subprocess; print(subprocess.Popen([\"sleep\", \"600\"], stdout=-3, stderr=-3, start_new_session=True).pid)'\n"
        "pid = subprocess.run([sys.executable, *there], capture_output=True, text=True, start_new_session=True).stdout\n"
        f"pathlib.Path('child').write_text(pid)\n{end}"
    )
    try:
        bench.run("GE")
        child = int((bench.root / "child").read_text())
        ended = [psutil.Process(child)] if psutil.pid_exists(child) else []
        _, alive = psutil.wait_procs(ended, timeout=10)
        assert not alive
        assert other.poll() is None
    finally:
        other.kill()
        other.wait()


def test_a_run_without_end_is_ended_with_all_it_started(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """O17"""
    monkeypatch.setattr(limits, "SECONDS", 4)
    bench.write(
        "import pathlib, signal, subprocess, time\n"
        "if 'GE' in dossier:\n"
        "    signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        "    child = subprocess.Popen(['sleep', '600'])\n"
        "    pathlib.Path('child').write_text(str(child.pid))\n"
        "    while True: pass"
    )
    result = bench.run()
    assert names(result.succeeded) == ["AL", "UZ"]
    assert result.failed[0][1].reason == "It took longer than 4 seconds."
    child = int((bench.root / "child").read_text())
    ended = [psutil.Process(child)] if psutil.pid_exists(child) else []
    _, alive = psutil.wait_procs(ended, timeout=10)
    assert not alive


def test_nothing_that_a_report_started_outlives_it(bench: Bench) -> None:
    """O17: also where the report itself ended well."""
    bench.write(
        "import pathlib, subprocess\n"
        "child = subprocess.Popen(['sleep', '600'])\n"
        "pathlib.Path('child').write_text(str(child.pid))"
    )
    assert names(bench.run("GE").succeeded) == ["GE"]
    child = int((bench.root / "child").read_text())
    ended = [psutil.Process(child)] if psutil.pid_exists(child) else []
    _, alive = psutil.wait_procs(ended, timeout=10)
    assert not alive


def test_both_engines_make_the_same_bytes(bench: Bench) -> None:
    """O16: streams, results, displays that change, errors that are meant, magics and awaits."""
    bench.write(
        "import sys, asyncio\n"
        "from IPython.display import HTML, display, clear_output\n"
        "print('out'); print('ღია', 'مفتوح')\n"
        "sys.stdout.flush(); print('err', file=sys.stderr); sys.stderr.flush()\n"
        "display(HTML('<b>one</b>'), metadata={'a': 1})\n"
        "handle = display('first', display_id='x'); handle.update('second')\n"
        "await asyncio.sleep(0)\n"
        "task = asyncio.create_task(asyncio.sleep(0)); await task\n"
        "get_ipython().run_line_magic('precision', '3')\n"
        "{'pi': 3.14159, 'who': [1, 2, 3]}"
    )
    assert not bench.run().failed
    quick = {path.name: path.read_bytes() for path in (bench.root / "out").glob("*.ipynb")}
    assert not bench.run(force=True, engine="papermill").failed
    slow = {path.name: path.read_bytes() for path in (bench.root / "out").glob("*.ipynb")}
    assert len(quick) == 3
    assert quick == slow


def test_threads_of_a_cell_may_show_things_at_once(bench: Bench) -> None:
    """None is lost, and none is taken for another."""
    bench.write(
        "import threading\n"
        "from IPython.display import HTML, display\n"
        "def show(n):\n"
        "    for i in range(50): display(HTML(f'<p>{n}-{i}</p>'))\n"
        "all_of_them = [threading.Thread(target=show, args=(n,)) for n in range(8)]\n"
        "[t.start() for t in all_of_them]; [t.join() for t in all_of_them]; print('done')"
    )
    assert names(bench.run("GE").succeeded) == ["GE"]
    book = nbformat.read(bench.root / "out" / "GE.ipynb", 4)
    outputs = [o for cell in book.cells if cell.cell_type == "code" for o in cell.outputs]
    shown = [o["data"]["text/html"] for o in outputs if o["output_type"] == "display_data"]
    assert sorted(shown) == sorted(f"<p>{n}-{i}</p>" for n in range(8) for i in range(50))
    assert "done" in "".join(o["text"] for o in outputs if o["output_type"] == "stream")


def test_plain_papermill_takes_the_engine(bench: Bench) -> None:
    """O16: papermill --engine seminar"""
    command = [sys.executable, "-m", "papermill", "--engine", "seminar", "--no-progress-bar"]
    command += ["small.ipynb", "plain.ipynb", "-p", "dossier", "dossiers/GE.json"]
    subprocess.run(command, cwd=bench.root, check=True, timeout=60, capture_output=True)
    book = json.loads((bench.root / "plain.ipynb").read_text("utf-8"))
    assert book["cells"][-1]["outputs"][0]["text"] == ["GE blue\n"]
    assert book["metadata"]["papermill"]["exception"] is None
    assert book["cells"][-1]["metadata"]["papermill"]["status"] == "completed"


def test_a_second_notebook_in_one_process_knows_nothing_of_the_first(bench: Bench) -> None:
    """O16: IPython has one shell a process; papermill's own engine takes the next, and says so."""
    bench.write("print('before' in globals()); before = 1")
    program = "import papermill\nfor n in 'ab':\n"
    program += " papermill.execute_notebook('small.ipynb', n + '.ipynb', {'dossier': 'dossiers/AL.json'}, engine_name='seminar', progress_bar=False)"  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=bench.root, check=True, timeout=60, capture_output=True
    )
    for name in "ab":
        book = json.loads((bench.root / f"{name}.ipynb").read_text("utf-8"))
        assert book["cells"][-1]["outputs"][0]["text"] == ["False\n"]
    assert b"Papermill's own engine is used" in done.stderr


def test_a_notebook_with_another_kernel_gets_it(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """O16: by papermill's own engine, as is said; the others by the kit's."""
    bench.write("import os; print(os.environ.get('WHICH_KERNEL', 'the usual'))")
    other = bench.root / "other.ipynb"
    other.write_bytes(bench.notebook.read_bytes())
    bench.ask_for_another_kernel(other, monkeypatch)
    usual, odd = bench.reports("AL", "GE")
    reports = [usual, replace(odd, notebook=other)]
    assert slow_engine_remarks({r.notebook for r in reports}) == [
        "other.ipynb asks for the kernel 'other': papermill's own engine runs it."
    ]
    assert names(run_batch(reports, bench.root).succeeded) == ["AL", "GE"]
    assert "the usual" in usual.output.read_text() and "the other" in odd.output.read_text()
    command = [sys.executable, "-m", "papermill", "--engine", "seminar", "other.ipynb", "by.ipynb"]
    command += ["-p", "dossier", "dossiers/GE.json"]
    told = subprocess.run(command, cwd=bench.root, check=True, timeout=60, capture_output=True)
    assert "the other" in (bench.root / "by.ipynb").read_text()
    assert b"kernel 'other', which the engine 'seminar' cannot run" in told.stderr


def test_what_a_program_says_stands_between_what_the_cell_said_around_it(bench: Bench) -> None:
    """O16: also where it goes past Python."""
    bench.write(
        "import subprocess\nprint('one')\nsubprocess.run(['echo', 'two'])\nprint('three')\n"
        "_ = subprocess.run(['echo', 'four'])"
    )
    assert not bench.run("GE").failed
    book = nbformat.read(bench.root / "out" / "GE.ipynb", 4)
    assert "".join(o["text"] for o in book.cells[-1].outputs) == "one\ntwo\nthree\nfour\n"


def test_what_is_loaded_before_the_fork_has_no_thread_and_no_connection() -> None:
    """Children would share the connections, and wait for threads that no fork takes along."""
    program = (
        "import os, pathlib, seminarkit.reports.engine.preload\n"
        "print(pathlib.Path('/proc/self/status').read_text().split('Threads:')[1].split()[0])\n"
        "for fd in pathlib.Path('/proc/self/fd').iterdir():\n"
        "    if fd.is_symlink(): print(os.readlink(fd))"
    )
    pipe = subprocess.PIPE
    done = subprocess.run([sys.executable, "-c", program], stdin=-3, stdout=pipe, check=True)
    threads, *opened = done.stdout.decode().splitlines()
    assert threads == "1"
    assert not [each for each in opened if "socket:" in each or "event" in each]


def test_a_report_sees_the_environment_of_its_batch(
    bench: Bench, engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not that of the batch for which the loaded process began."""
    bench.write("import os; print(os.environ.get('OF_THIS_BATCH'))")
    for value in ("first", "second"):
        monkeypatch.setenv("OF_THIS_BATCH", value)
        assert not bench.run("GE", force=True).failed
        assert value in (bench.root / "out" / "GE.ipynb").read_text("utf-8")


def test_limits_hold_under_another_kernel_too(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """O17: its process is of a group and session of its own, and is ended all the same."""
    bench.write(
        "import os, time\n"
        "if 'AL' in dossier: bytearray(8_000_000_000)\n"
        "for _ in range(150 if 'GE' in dossier else 0): os.fork() or time.sleep(60)\n"
        "if 'GE' in dossier: time.sleep(60)"
    )
    bench.ask_for_another_kernel(bench.notebook, monkeypatch)
    result = bench.run()
    told = {report.subject: failure.reason for report, failure in result.failed}
    assert names(result.succeeded) == ["UZ"]
    assert "more memory than a report may have" in told["AL"]
    assert "more than 64 processes" in told["GE"]
    assert not bench.running()


def test_where_nothing_can_be_forked_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "win32")
    assert "papermill's own engine is used" in slow_engine_remarks([])[0]
    assert in_process_problem(KERNEL) == "The engine 'seminar' works on Linux only."


def test_windows_can_load_the_batch() -> None:
    """K05: where Python has no fork server, and no limits of a process."""
    program = (
        "import sys, multiprocessing.context as context\n"
        "for name in ('ForkServerContext', 'ForkServerProcess', 'ForkContext', 'ForkProcess'): delattr(context, name)\n"
        "sys.modules['resource'] = sys.modules['fcntl'] = None\n"
        "import seminarkit.reports.batch, seminarkit.reports.engine.dask_cluster, seminarkit.cli.report"
    )
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60)


def test_values_with_braces_and_quotes_are_data(bench: Bench) -> None:
    """O20: never a path's parameter, never code."""
    value = "{country} '''+__import__('os').system('true')+''' \\ \n \""
    bench.write("print(repr(colour))")
    bench.run("GE", parameters={"colour": value})
    book = json.loads((bench.root / "out" / "GE.ipynb").read_text("utf-8"))
    assert "".join(book["cells"][-1]["outputs"][0]["text"]) == repr(value) + "\n"


def test_a_folder_with_braces_in_its_name_works(tmp_path: Path) -> None:
    root = tmp_path / "{a} folder"
    root.mkdir()
    bench = Bench(root)
    assert names(bench.run("GE").succeeded) == ["GE"]
