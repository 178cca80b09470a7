"""Live notebooks behind the links: whose they are, and that nothing else of Jupyter is open."""

from __future__ import annotations

import asyncio
import json
import re
import shutil
import time
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import psutil
import pytest
from serve_tools import FormServer
from tornado.httpclient import HTTPClientError, HTTPRequest
from tornado.websocket import websocket_connect

from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.serve import live_kernels as kernels

pytestmark = pytest.mark.timeout(180)
Done = TypeVar("Done")
REPORT = "/p/GE-2/live/GE-2-country_report"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, kit: SeminarFolder) -> Iterator[FormServer]:
    root = tmp_path_factory.mktemp("live")
    shutil.copy(kit.root / "seminar.yml", root)
    running = FormServer(SeminarFolder(root), notebooks=2)
    running.start()
    for person in ("GE-2", "GE-3"):
        running.link(person)
    yield running
    running.stop()


def run(work: Coroutine[Any, Any, Done]) -> Done:
    """Run a coroutine to its end; in a thread, as Playwright may have a loop in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


def kernel_of(page: str) -> str:
    """Return the id of the kernel that a page was made with."""
    found = re.search(r'"kernelId": "([0-9a-f-]{36})"', page)
    assert found
    return found[1]


@pytest.fixture(scope="module")
def page(server: FormServer) -> str:
    status, page, headers = server.get(REPORT, server.tokens["GE-2"])
    assert status == 200
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["Referrer-Policy"] == "no-referrer"
    return page


def test_the_notebook_says_what_holds_here(page: str) -> None:
    """C01: its own prose, but no word of saving and sending a file as the way to hand in."""
    assert "Describe micro-credentials in your country" in page
    assert "Press <strong>Submit</strong>" in page
    assert "Ctrl+S" not in page
    assert "send this notebook" not in page
    assert "FormWidget(" not in page, "the code is not shown"


def test_it_is_one_persons(server: FormServer, page: str) -> None:
    kernel = kernel_of(page)
    own, other = server.tokens["GE-2"], server.tokens["GE-3"]
    assert server.get(REPORT)[0] == 403
    assert "First open the link" in server.get(REPORT)[1]
    status, told, _ = server.get(REPORT, other)
    assert status == 403
    assert "belongs to somebody else" in told
    assert server.get(f"/p/GE-2/live/api/kernels/{kernel}", own)[0] == 200
    assert server.get(f"/p/GE-2/live/api/kernels/{kernel}", other)[0] == 403
    assert server.get(f"/p/GE-3/live/api/kernels/{kernel}", other)[0] == 404
    assert server.post("GE-3", f"live/voila/api/shutdown/{kernel}", {})[0] == 404
    for person, token in (("GE-2", other), ("GE-3", other), ("GE-2", "")):
        with pytest.raises(HTTPClientError):
            run(said_to(server, person, kernel, token, []))


@pytest.mark.parametrize(
    "door",
    [
        *("api/contents", "api/contents/seminar.yml", "api/kernels", "api/kernelspecs"),
        *("api/terminals", "api/sessions", "api/status", "api/me", "login", "logout", "tree"),
        *("voila/tree", "voila/render/seminar.yml", "voila/files/seminar.yml", "lab"),
        *("voila/static/../../../../seminar.yml", "voila/templates/seminar/static/../conf.json"),
        *("voila/labextensions/../../../seminar.yml", "voila/api/contents/seminar.yml"),
        "GE-3-country_report",
    ],
)
def test_no_other_door_is_open(server: FormServer, door: str) -> None:
    for before in ("/p/GE-2/live/", "/"):
        status, told, _ = server.get(before + door, server.tokens["GE-2"])
        assert status in (403, 404), door
        assert "sphere-2020" not in told


def test_no_kernel_is_started_by_asking(server: FormServer) -> None:
    for what in ("live/api/kernels", "live/api/terminals", "live/api/sessions"):
        assert server.post("GE-2", what, {"name": "python3"})[0] == 404


async def said_to(
    server: FormServer, person: str, kernel: str, token: str, messages: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Send messages to a kernel as a browser does; return what comes back within two seconds."""
    url = f"{server.url.replace('http', 'ws', 1)}/p/{person}/live/api/kernels/{kernel}/channels"
    line = await websocket_connect(HTTPRequest(url, headers={"Cookie": f"seminar={token}"}))
    for message in messages:
        await line.write_message(json.dumps(message))
    heard: list[dict[str, Any]] = []
    end = time.monotonic() + 2
    while (left := end - time.monotonic()) > 0:
        try:
            text = await asyncio.wait_for(line.read_message(), left)
        except TimeoutError:
            break
        if isinstance(text, str):
            heard.append(json.loads(text))
    line.close()
    return heard


def message(kind: str, channel: str = "shell", **content: Any) -> dict[str, Any]:
    header = {"msg_id": kind, "msg_type": kind, "username": "", "session": "s", "version": "5.3"}
    empty: dict[str, Any] = {"parent_header": {}, "metadata": {}, "buffers": []}
    return {"header": header, "channel": channel, "content": content, **empty}


def test_a_browser_runs_no_code(server: FormServer, page: str, tmp_path: Path) -> None:
    """Only messages of widgets reach a kernel; the line itself is alive."""
    mark = tmp_path / "mark"
    code = f"open({str(mark)!r}, 'w')"
    heard = run(
        said_to(
            server,
            "GE-2",
            kernel_of(page),
            server.tokens["GE-2"],
            [
                message("execute_request", code=code, silent=False),
                message("execute_request", "control", code=code, silent=False),
                message("complete_request", code="im", cursor_pos=2),
                message("inspect_request", code="print", cursor_pos=3, detail_level=1),
                message("kernel_info_request"),
            ],
        )
    )
    kinds = {each["header"]["msg_type"] for each in heard}
    assert "kernel_info_reply" in kinds
    assert not kinds & {"execute_reply", "complete_reply", "inspect_reply", "execute_input"}
    assert not mark.exists()


def test_one_too_many_is_told_the_way(server: FormServer, page: str) -> None:
    """The page of the same form is always there; a notebook that is closed makes room."""
    for person in ("GE-1", "GE-3"):
        server.link(person)
    one, three = server.tokens["GE-1"], server.tokens["GE-3"]
    status, second, _ = server.get(REPORT.replace("GE-2", "GE-1"), one)
    assert status == 200
    status, told, _ = server.get(REPORT.replace("GE-2", "GE-3"), three)
    assert status == 503
    assert "Too many live notebooks are being opened on this server" in told
    assert server.get("/p/GE-3/GE-3-country_report.html", three)[0] == 200
    shut, _ = server.post("GE-1", f"live/voila/api/shutdown/{kernel_of(second)}", {})
    assert shut == 204
    assert server.get(REPORT.replace("GE-2", "GE-3"), three)[0] == 200


def test_a_form_that_was_drawn_long_ago_makes_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its page goes on without the kernel: the journey of a live notebook shows that."""
    monkeypatch.setattr(kernels, "_DRAWN", 0)

    async def three_on_two_places() -> list[bool]:
        manager = kernels.Kernels(tmp_path / "kernels", most=2, warm=0)
        ids = [await manager.start_kernel(env={kernels.ADDRESS: f"/{i}/"}) for i in range(3)]
        there = [manager.is_of(each, f"/{i}/") for i, each in enumerate(ids)]
        await manager.end()
        return there

    assert run(three_on_two_places()) == [False, True, True]


def test_no_kernel_outlives_the_server(folder: SeminarFolder) -> None:
    """Ended or killed: what it started ends with it; and what it wrote is gone."""
    running = FormServer(folder, notebooks=2)
    for end in (running.kill, running.stop, running.terminate):
        running.start()
        running.link("GE-2")
        assert running.get(REPORT, running.tokens["GE-2"])[0] == 200
        assert running.process
        children = psutil.Process(running.process.pid).children(recursive=True)
        assert children
        end()
        _, alive = psutil.wait_procs(children, timeout=30)
        assert not alive
    assert not folder.kernels.exists()
