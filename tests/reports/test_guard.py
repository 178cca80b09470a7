"""Does a report for the public open its own dossier alone, whichever way a cell takes to the rest?"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import nbformat
import papermill
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from seminarkit.reports import batch
from seminarkit.reports.batch import run_batch
from seminarkit.reports.guard.allowed_paths import OPEN
from seminarkit.reports.guard.scratch import own_scratch
from seminarkit.reports.run_record import Report

pytestmark = pytest.mark.timeout(240)

SECRET = "Only core participants may read of the heron at the weir."
# Each is code that leaves in `got` what it has read: SECRET must not be in it. `core` is the path of
# a dossier for core participants, `db` of the store, `away` of a folder outside of the seminar.
WAYS = {
    "open": "got = open(core).read()",
    "open bytes": "got = open(os.fsencode(core)).read()",
    "pathlib": "got = pathlib.Path(core).read_text()",
    "relative": "got = open('dossiers/core/AM.json').read()",
    "dots": "got = open('notebooks/../dossiers/./core/AM.json').read()",
    "io": "got = io.FileIO(core).read()",
    "open_code": "got = io.open_code(core).read()",
    "codecs": "got = codecs.open(core, encoding='utf-8').read()",
    "os.open": "got = os.read(os.open(core, os.O_RDONLY), 10000)",
    "from an open folder": "f = os.open('/', os.O_RDONLY); got = os.read(os.open(core[1:], os.O_RDONLY, dir_fd=f), 10000)",
    "after chdir": "os.chdir('dossiers/core'); got = open('AM.json').read()",
    "link made now": "os.symlink(core, away + '/s.json'); got = open(away + '/s.json').read()",
    "link there before": "got = open(away + '/symbolic.json').read()",
    "linked folder": "got = open(away + '/folder/AM.json').read()",
    "hard link there before": "got = open(away + '/hard.json').read()",
    "hard link made now": "os.link(core, away + '/h.json'); got = open(away + '/h.json').read()",
    "another copy of the seminar": "got = open(away + '/copy/dossiers/core/AM.json').read()",
    "moved away": "os.rename(core, away + '/m.json'); got = open(away + '/m.json').read()",
    "folder moved away": "os.rename('dossiers', away + '/d'); got = open(away + '/d/core/AM.json').read()",
    "copied": "shutil.copy(core, away + '/c.json'); got = open(away + '/c.json').read()",
    "copied tree": "shutil.copytree('dossiers', away + '/t'); got = open(away + '/t/core/AM.json').read()",
    "through /proc": "got = open('/proc/self/cwd/dossiers/core/AM.json').read()",
    "fileinput": "got = ''.join(fileinput.input(core))",
    "linecache": "got = ''.join(linecache.getlines(core))",
    "mmap": "f = os.open(core, os.O_RDONLY); got = mmap.mmap(f, 0, prot=mmap.PROT_READ).read()",
    "numpy": "got = bytes(numpy.fromfile(core, dtype='u1'))",
    "numpy memmap": "got = bytes(numpy.memmap(core, mode='r'))",
    "pandas json": "got = str(dict(pandas.read_json(core, typ='series')))",
    "pandas csv": "got = pandas.read_csv(core, sep='@').to_string()",
    "pandas sql": "got = pandas.read_sql('select * from t', 'sqlite:///' + db).to_string()",
    "list": "got = os.listdir('dossiers/core') and SECRET",
    "scan": "got = list(os.scandir('received')) and SECRET",
    "walk": "got = [n for n in os.walk('inbox')] and SECRET",
    "glob": "got = glob.glob('dossiers/**/AM.json', recursive=True) and SECRET",
    "rglob": "got = list(pathlib.Path('.').rglob('AM.json')) and SECRET",
    "sqlite": "got = str(sqlite3.connect(db).execute('select * from t').fetchall())",
    "sqlite bytes": "got = str(sqlite3.connect(os.fsencode(db)).execute('select * from t').fetchall())",
    "sqlite path": "got = str(sqlite3.connect(pathlib.Path(db)).execute('select * from t').fetchall())",
    "sqlite uri": "got = str(sqlite3.connect(f'file:{db}?mode=ro', uri=True).execute('select * from t').fetchall())",
    "sqlite uri with authority": "got = str(sqlite3.connect(f'file://localhost{db}?mode=ro', uri=True).execute('select * from t').fetchall())",
    "sqlite uri escaped": "got = str(sqlite3.connect('file:semin%61r%2edb?immutable=1', uri=True).execute('select * from t').fetchall())",
    "sqlite attached": "c = sqlite3.connect(':memory:'); c.execute('attach ? as s', (db,)); got = str(c.execute('select * from s.t').fetchall())",
    "sqlite attached by its class": "c = sqlite3.Connection(':memory:'); c.execute('attach ? as s', (db,)); got = str(c.execute('select * from s.t').fetchall())",
    "sqlite attached past its limit": "c = sqlite3.connect(':memory:'); sqlite3.Connection.setlimit(c, sqlite3.SQLITE_LIMIT_ATTACHED, 9); c.execute('attach ? as s', (db,)); got = str(c.execute('select * from s.t').fetchall())",
    "another interpreter": "import _xxsubinterpreters as x; i = x.create(); x.run_string(i, f'open({away!r} + \"/i.json\", \"w\").write(open({core!r}).read())'); got = open(away + '/i.json').read()",
    "a history": "import readline; readline.read_history_file(core); got = ''.join(readline.get_history_item(i + 1) or '' for i in range(readline.get_current_history_length()))",
    "zmq": "import zmq; s = zmq.Context().socket(zmq.STREAM); s.setsockopt(zmq.RCVTIMEO, 3000); s.connect(f'tcp://127.0.0.1:{port}'); got = b''.join(s.recv() for _ in range(4))",
    "the inbox": "got = open('inbox/AM.ipynb').read()",
    "code in the inbox": "got = open('inbox/json.py').read()",
    "what was received": "got = open('received/files/AM').read()",
    "packs": "got = open('packs/links.csv').read()",
    "a core report": "got = open('output/reports/core/AM.ipynb').read()",
    "a core page": "got = open('output/core/AM.html').read()",
    "mails": "got = open('output/mails/AM.eml').read()",
    "the programme with addresses": "got = open('seminar.yml').read()",
    "an organiser's own file": "got = open('participants.csv').read()",
    "another country for the public": "got = open('dossiers/public/AM.json').read() and SECRET",
    "read_dossier": "from seminarkit import read_dossier; got = str(read_dossier(core).data)",
    "cat": "got = subprocess.run(['cat', core], capture_output=True).stdout",
    "cat in a shell": "got = subprocess.getoutput('cat ' + core)",
    "popen": "got = os.popen('cat ' + core).read()",
    "system": "os.system(f'cp {core} {away}/system.json'); got = open(away + '/system.json').read()",
    "a magic": "got = get_ipython().getoutput('cat ' + core)",
    "spawn": "os.posix_spawn('/bin/cp', ['cp', core, away + '/spawn.json'], {}) and time.sleep(.3); got = open(away + '/spawn.json').read()",
    "fork and exec": "p = os.fork()\nif not p:\n    try: os.execv('/bin/cp', ['cp', core, away + '/fork.json'])\n    finally: os._exit(1)\nos.waitpid(p, 0); got = open(away + '/fork.json').read()",
    "fork": "p = os.fork()\nif not p:\n    try: open(away + '/child.json', 'w').write(open(core).read())\n    finally: os._exit(1)\nos.waitpid(p, 0); got = open(away + '/child.json').read()",
    "a new python": "p = multiprocessing.get_context('spawn').Process(target=shutil.copy, args=(core, away + '/new.json')); p.start(); p.join(); got = open(away + '/new.json').read()",
    "fork_exec": "import _posixsubprocess as p; p.fork_exec(['/bin/cp', core, away + '/fe.json'], [b'/bin/cp'], True, (), None, None, -1, -1, -1, -1, -1, -1, -1, -1, False, False, 0, None, None, None, -1, None, False); time.sleep(.3); got = open(away + '/fe.json').read()",
    "ctypes": "libc = ctypes.CDLL(None); f = libc.open(core.encode(), 0); b = ctypes.create_string_buffer(9999); libc.read(f, b, 9999); got = b.value",
    "cffi": "import cffi; f = cffi.FFI(); f.cdef('int open(const char *, int);'); got = os.read(f.dlopen(None).open(core.encode(), 0), 10000)",
    "lxml": "import lxml.html; got = lxml.html.parse(core).getroot().text_content()",
    "a connection": "s = socket.socket(); s.connect(('127.0.0.1', port)); got = s.recv(1000)",
    "a web page": "import urllib.request; got = urllib.request.urlopen(f'http://127.0.0.1:{port}', timeout=5).read()",
}  # fmt: skip
# those that depend on what is installed, or on a library's mood; they must be shut all the same
UNLIKELY = {"pandas sql", "fork_exec", "a new python", "cffi", "lxml", "pandas csv"}
UNLIKELY |= {"another interpreter", "a history"}
BEGIN = """
import codecs, ctypes, fileinput, glob, io, json, linecache, mmap, multiprocessing, numpy, os, pandas, pathlib
import shutil, socket, sqlite3, subprocess, sys, time
"""
TRY = """
def attempt(code):
    names = dict(globals())
    here = os.getcwd()
    try:
        exec(code, names)
        got = names.get('got', '')
        return got.decode(errors='replace') if isinstance(got, bytes) else str(got)
    except BaseException as error:
        return f'{type(error).__name__}: {error}'
    finally:
        os.chdir(here)
        for moved, back in ((away + '/m.json', core), (away + '/d', 'dossiers')):
            if os.path.exists(moved): os.rename(moved, back)
print('RESULT' + json.dumps({name: attempt(code) for name, code in WAYS.items()}))
"""


class Seminar:
    """A folder with something to hide in every place, and a notebook that tries to read it."""

    def __init__(self, root: Path) -> None:
        self.root, self.away = root / "seminar", root / "away"
        self.core = self.root / "dossiers" / "core" / "AM.json"
        self.public = self.root / "dossiers" / "public" / "GE.json"
        self.away.mkdir()
        hidden = (
            "inbox/AM.ipynb inbox/json.py received/files/AM packs/links.csv participants.csv "
            "output/reports/core/AM.ipynb output/core/AM.html output/mails/AM.eml seminar.yml"
        )
        for name in hidden.split():
            self.write(name, SECRET)
        for place, name in (("core", "AM"), ("public", "AM"), ("public", "GE")):
            about = {"subject": name, "audience": place, "name": name}
            words = {"words": SECRET} if place == "core" else {}
            self.write(f"dossiers/{place}/{name}.json", json.dumps({**about, **words}))
        subprocess.run(
            [sys.executable, "-c", f"import sqlite3; c = sqlite3.connect('seminar.db'); c.execute('create table t (w)'); c.execute('insert into t values (?)', [{SECRET!r}]); c.commit()"],
            cwd=self.root, check=True,
        )  # fmt: skip
        os.link(self.core, self.away / "hard.json")
        (self.away / "symbolic.json").symlink_to(self.core)
        (self.away / "folder").symlink_to(self.core.parent)
        copy = self.away / "copy" / "dossiers" / "core"  # of the whole seminar, as a backup is
        copy.mkdir(parents=True)
        (self.away / "copy" / "seminar.yml").touch()
        (copy / "AM.json").write_bytes(self.core.read_bytes())

    def write(self, name: str, text: str) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    def notebook(self, *cells: str) -> Path:
        made = [new_code_cell('dossier = ""', id="parameters", metadata={"tags": ["parameters"]})]
        for number, source in enumerate(cells):
            made.append(new_code_cell(source, id=f"c{number}", metadata={"tags": ["public"]}))
        kernel = {"name": "python3", "language": "python", "display_name": "Python 3"}
        path = self.root / "notebooks" / "report" / "tries.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(new_notebook(cells=made, metadata={"kernelspec": kernel}), path)
        return path

    def report(self, notebook: Path, audience: str = "public", subject: str = "GE") -> Report:
        dossier = self.root / "dossiers" / audience / f"{subject}.json"
        output = self.root / "output" / "reports" / audience / f"{subject}.ipynb"
        return Report(notebook, subject, audience, dossier, output)


READ = "from seminarkit import read_dossier\ncountry = read_dossier(dossier)"


@pytest.fixture
def seminar(tmp_path: Path) -> Seminar:
    return Seminar(tmp_path)


def ways(seminar: Seminar, port: int) -> str:
    given = {"core": str(seminar.core), "db": str(seminar.root / "seminar.db")}
    given |= {"away": str(seminar.away)}
    lines = [f"{name} = {value!r}" for name, value in given.items()]
    lines += [f"port, SECRET, WAYS = {port}, {SECRET!r}, {WAYS!r}"]
    return "\n".join(lines) + TRY


def results(executed: Path) -> dict[str, str]:
    book = json.loads(executed.read_text("utf-8"))
    said = "".join(
        "".join(out.get("text", ""))
        for cell in book["cells"]
        for out in cell.get("outputs", ())
        if out["output_type"] == "stream"
    )
    found: dict[str, str] = json.JSONDecoder().raw_decode(said.split("RESULT", 1)[1])[0]
    return found


@pytest.fixture
def port() -> int:
    """A port at which somebody tells what is core."""
    server = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                other, _ = server.accept()
                other.settimeout(0.3)
                with suppress(OSError):  # who asks nothing is told all the same
                    other.recv(1000)
                other.sendall(f"HTTP/1.0 200 OK\r\n\r\n{SECRET}".encode())
                other.close()
            except OSError:
                return

    threading.Thread(target=serve, daemon=True).start()
    return int(server.getsockname()[1])


def test_the_ways_lead_there_when_nobody_stands_in_them(seminar: Seminar, port: int) -> None:
    """So that the tests below can fail: papermill alone gives the words to core participants."""
    book = seminar.notebook(READ, BEGIN, ways(seminar, port))
    executed = seminar.away / "made.ipynb"
    papermill.execute_notebook(
        str(book), str(executed), {"dossier": "dossiers/core/AM.json"},
        cwd=str(seminar.root), progress_bar=False,
    )  # fmt: skip
    told = results(executed)
    shut = {name for name, words in told.items() if "heron at the weir" not in words}
    assert shut <= UNLIKELY, {name: told[name][-300:] for name in shut - UNLIKELY}


@pytest.mark.parametrize("engine", ["the kit's", "papermill's own", "papermill alone"])
def test_a_public_run_reads_its_own_dossier_alone(
    seminar: Seminar, port: int, engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """P07 O25 U02: whatever way a cell takes, also where papermill runs it without the kit."""
    cells = [BEGIN, READ, "assert country['name'] == 'GE'", ways(seminar, port)]
    if engine == "papermill's own":
        monkeypatch.setattr(batch, "can_fork", lambda: False)
    if engine != "papermill alone":  # before its dossier is read, too
        cells = [BEGIN, ways(seminar, port), READ]
    book = seminar.notebook(*cells)
    executed = seminar.root / "output/reports/public/GE.ipynb"
    if engine == "papermill alone":
        executed = seminar.away / "made.ipynb"
        papermill.execute_notebook(
            str(book), str(executed), {"dossier": "dossiers/public/GE.json"},
            cwd=str(seminar.root), progress_bar=False,
        )  # fmt: skip
    else:
        assert not run_batch([seminar.report(book)], seminar.root).failed
    told = results(executed)
    leaked = [name for name, words in told.items() if "heron at the weir" in words]
    assert not leaked
    assert set(told) == set(WAYS)
    assert told["open"] == (
        "NotForPublicError: This report is for the public: it may read only its own dossier, not "
        "dossiers/core/AM.json. Put what only some people may read in a cell without the tag "
        "'public'. To look at it in this notebook, restart the kernel."
    )
    assert seminar.core.is_file()


def test_what_a_public_report_needs_it_may(seminar: Seminar) -> None:
    """P07: its dossier, what lies beside its notebook, modules, charts and files of its own."""
    seminar.write("notebooks/report/words.csv", "a,b\n1,2\n")
    seminar.write("helper.py", "number = 7\n")
    book = seminar.notebook(
        READ,
        "import sys; sys.path.insert(0, '.'); import helper; assert helper.number == 7",
        "import pandas; assert pandas.read_csv('notebooks/report/words.csv').b[0] == 2",
        "import matplotlib.pyplot as plt; _ = plt.plot([1, 2]); plt.show()",
        "import tempfile; tempfile.TemporaryFile().write(b'x')",
        "import sqlite3; sqlite3.connect(':memory:').execute('select 1').fetchall()",
        "open(dossier).read(); country['name']",
    )
    assert not run_batch([seminar.report(book)], seminar.root).failed


def test_a_core_report_leaves_the_public_places_alone(seminar: Seminar) -> None:
    """P07"""
    for target in ("output/public/GE.html", "output/reports/public/GE.html"):
        seminar.write(target, "public")
        book = seminar.notebook(READ, f"open({target!r}, 'w').write(country['words'])")
        ((_, failure),) = run_batch([seminar.report(book, "core", "AM")], seminar.root).failed
        assert f"it may not write {target}, which" in failure.reason
        assert (seminar.root / target).read_text() == "public"


# Each leaves `words` in the file `to`, or in one whose name begins so.
WRITES = {
    "open": "open(to, 'w').write(words)",
    "append": "open(to, 'a').write(words)",
    "exclusively": "open(to, 'x').write(words)",
    "pathlib": "pathlib.Path(to).write_text(words)",
    "os.open": "os.write(os.open(to, os.O_WRONLY | os.O_CREAT), words.encode())",
    "copy": "shutil.copy(core, to)",
    "move": "open('output/own.txt', 'w').write(words); shutil.move('output/own.txt', to)",
    "rename": "open('output/own.txt', 'w').write(words); os.rename('output/own.txt', to)",
    "link": "os.link(core, to)",
    "copied tree": "shutil.copytree('dossiers/core', to)",
    "zip": "zipfile.ZipFile(to, 'w').writestr('words', words)",
    "shelf": "shelve.open(to)['words'] = words",
    "sqlite": "c = sqlite3.connect(to); c.execute('create table t (w)'); c.execute('insert into t values (?)', [words]); c.commit()",
    "sqlite, called as if it were only read": "c = sqlite3.connect(to + '?mode=ro'); c.execute('create table t (w)'); c.commit()",
    "sqlite by an address": "c = sqlite3.connect(f'file:{to}?mode=rwc', uri=True); c.execute('create table t (w)'); c.commit()",
    "pandas": "pandas.DataFrame([words]).to_csv(to)",
    "pickle": "pandas.DataFrame([words]).to_pickle(to)",
    "numpy": "numpy.array([words]).tofile(to)",
    "numpy memmap": "m = numpy.memmap(to, dtype='u1', mode='w+', shape=(len(words),)); m[:] = list(words.encode()); m.flush()",
    "matplotlib": "import matplotlib.pyplot as plt; plt.text(0, 0, words); plt.savefig(to, format='svg')",
    "temporary": "open(tempfile.mkstemp()[1], 'w').write(words)",
    "temporary, kept": "tempfile.NamedTemporaryFile('w', delete=False).write(words)",
}  # fmt: skip
WRITE = """
import numpy, os, pandas, pathlib, shelve, shutil, sqlite3, tempfile, zipfile
words = country['words']
def attempt(code, to):
    try:
        exec(code, dict(globals(), to=to))
        return 'written'
    except BaseException as error:
        return f'{type(error).__name__}: {error}'
print('RESULT' + __import__('json').dumps({name: attempt(code, f'{place}/{i}') for i, (name, code) in enumerate(WRITES.items())}))
"""


@pytest.mark.parametrize("engine", ["the kit's", "papermill's own"])
def test_what_a_core_report_writes_no_public_report_can_read(
    seminar: Seminar, engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """P07 U02: a file that a core cell left would be read by a public cell of the next run."""
    if engine == "papermill's own":
        monkeypatch.setattr(batch, "can_fork", lambda: False)
    spare = seminar.away / "temporary"
    spare.mkdir()
    monkeypatch.setenv("TMPDIR", str(spare))
    monkeypatch.setattr(tempfile, "tempdir", None)
    seminar.write("output/own/there.txt", "")
    for place in ("notebooks", "readings", "output/public", str(seminar.away)):
        (seminar.root / place).mkdir(exist_ok=True)
    shared = ["/dev/shm"] * Path("/dev/shm").is_dir()
    places = ["notebooks", "readings", "output/public", str(seminar.away), str(spare), *shared]
    for place in places:
        values = {"core": str(seminar.core), "place": place, "WRITES": WRITES}
        given = "\n".join(f"{name} = {value!r}" for name, value in values.items())
        before = open_to_all(seminar)
        book = seminar.notebook(READ, given + WRITE)
        assert not run_batch([seminar.report(book, "core", "AM")], seminar.root).failed
        told = results(seminar.root / "output/reports/core/AM.ipynb")
        temporary = {"temporary", "temporary, kept"}  # in a folder that is gone
        assert {name for name, what in told.items() if what == "written"} == temporary, place
        assert "may not write" in told["open"] and "output/own" in told["open"]
        assert open_to_all(seminar) == before, place
    book = seminar.notebook(READ, f"place = 'output/own'; core = {str(seminar.core)!r}; WRITES = {WRITES!r}" + WRITE)  # fmt: skip
    assert not run_batch([seminar.report(book, "core", "AM")], seminar.root).failed
    told = results(seminar.root / "output/reports/core/AM.ipynb")
    assert set(told.values()) == {"written"}, "so that the loop above can fail"
    book = seminar.notebook("open('output/own/0').read()", READ)
    ((_, failure),) = run_batch([seminar.report(book)], seminar.root).failed
    assert "not output/own/0" in failure.reason


def test_a_public_report_reads_no_temporary_file_of_another(seminar: Seminar) -> None:
    """P07: while both run at once."""
    with own_scratch() as folder:
        (Path(folder) / "words.txt").write_text(SECRET)
        book = seminar.notebook(f"open({folder!r} + '/words.txt').read()", READ)
        ((_, failure),) = run_batch([seminar.report(book)], seminar.root).failed
    assert "not the temporary files of another report" in failure.reason


def open_to_all(seminar: Seminar) -> dict[str, int]:
    """Return what lies where a report for the public may read, with the size of each file."""
    places = [seminar.away, *(p for p in seminar.root.iterdir() if p.name in OPEN)]
    places.append(seminar.root / "output" / "public")
    found = [p for place in places for p in place.rglob("*") if p.name != "tries.ipynb"]
    files = [p for p in (*found, *seminar.root.iterdir()) if p.is_file()]
    return {str(p): p.stat().st_size for p in files if not p.name.startswith(".seminar.")}


def test_a_public_run_with_another_kernel_is_kept_too(
    seminar: Seminar, monkeypatch: pytest.MonkeyPatch
) -> None:
    """P07: its cells run in a process of the kernel's own."""
    spec = {
        "argv": [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
        "display_name": "Other",
        "language": "python",
    }
    place = seminar.away / "kernels" / "other" / "kernel.json"
    place.parent.mkdir(parents=True)
    place.write_text(json.dumps(spec))
    monkeypatch.setenv("JUPYTER_PATH", str(seminar.away))
    book = seminar.notebook("open('dossiers/core/AM.json').read()", READ)
    made = json.loads(book.read_text())
    made["metadata"]["kernelspec"]["name"] = "other"
    book.write_text(json.dumps(made))
    ((_, failure),) = run_batch([seminar.report(book)], seminar.root).failed
    assert failure.cell == "c0" and "not dossiers/core/AM.json" in failure.reason


def test_on_a_cluster_the_seminar_itself_is_out_of_reach(seminar: Seminar) -> None:
    """P07: a worker on the same machine has another folder, and knows the seminar's by its path."""
    pytest.importorskip("distributed")
    book = seminar.notebook(f"open({str(seminar.core)!r}).read()", READ)
    report = seminar.report(book)
    ((_, failure),) = run_batch([report], seminar.root, cluster="local:1").failed
    assert "not dossiers/core/AM.json" in failure.reason
    good = seminar.notebook(READ)
    assert not run_batch([replace(report, notebook=good)], seminar.root, cluster="local:1").failed


def test_what_is_loaded_before_the_fork_knows_no_dossier() -> None:
    """P07: a child has a copy of its parent's memory, and what it has open."""
    program = (
        "import sys, os, pathlib\nopened = []\n"
        "sys.addaudithook(lambda e, a: opened.append(str(a[0])) if e == 'open' else None)\n"
        "import seminarkit.reports.engine.preload\n"
        "print([p for p in opened if p.startswith(os.getcwd())])\n"
        "fds = [os.readlink(f) for f in pathlib.Path('/proc/self/fd').iterdir() if f.is_symlink()]\n"
        "print([p for p in fds if p.startswith(os.getcwd())])"
    )
    with tempfile.TemporaryDirectory() as here:
        (Path(here) / "dossiers").mkdir()
        done = subprocess.run([sys.executable, "-c", program], cwd=here, check=True, capture_output=True, timeout=60)  # fmt: skip
    assert done.stdout.decode().split("\n")[:2] == ["[]", "[]"]
