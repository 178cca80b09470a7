"""The server of forms: what one person may use up, under which name, until when; what is logged."""

from __future__ import annotations

import http.client
import re
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta
from typing import Any

import loaded
import pytest
from hypothesis import given
from hypothesis import strategies as st
from serve_tools import FormServer, filled_form, sent

from seminarkit.core.package_folder import KIT
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.serve.byte_quotas import AN_HOUR, IN_ALL, Quotas
from seminarkit.serve.handlers import HandlerState
from seminarkit.serve.hosts import Hosts
from seminarkit.serve.personal_links import FirstUses, Links, default_until
from seminarkit.serve.server_log import without_tokens

TWO = [{"about": "ghent", "question": "Who pays?"}, {"about": "dcu", "question": "Who learns?"}]


@pytest.fixture
def server(folder: SeminarFolder) -> Iterator[FormServer]:
    running = FormServer(folder)
    running.start()
    yield running
    running.stop()


def ask(server: FormServer, path: str, **headers: str) -> tuple[int, str, dict[str, str]]:
    line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    try:
        line.request("GET", path, headers=headers)
        answer = line.getresponse()
        return answer.status, answer.read().decode(), dict(answer.getheaders())
    finally:
        line.close()


def save(server: FormServer, person: str, rev: int, text: str) -> tuple[int, str, dict[str, str]]:
    import json

    rows = [{**row, "why": text} for row in TWO]
    filled = filled_form(server.folder, "questions", person, {"questions": rows}, rev)
    server.link(person)
    line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    try:
        cookie = f"seminar={server.tokens[person]}"
        head = {"Content-Type": "application/json", "Cookie": cookie}
        line.request("POST", f"/p/{person}/save", json.dumps(sent(filled)), head)
        answer = line.getresponse()
        return answer.status, answer.read().decode(), dict(answer.getheaders())
    finally:
        line.close()


@pytest.mark.timeout(240)
def test_one_person_cannot_fill_the_disk(server: FormServer) -> None:
    """P06: who sends too much is held back in words, with when to go on; others are not."""
    text = "x" * 49_000
    statuses: list[int] = []
    refused = ("", {})  # type: tuple[str, dict[str, str]]
    for rev in range(1, 400):
        status, body, headers = save(server, "GE-2", rev, text)
        statuses.append(status)
        if status == 429 and "last hour" in body:
            refused = (body, headers)
            break
        if status == 429:
            time.sleep(0.2)
    kept = server.folder.drafts.stat().st_size
    assert statuses.count(200) > 100 and kept < AN_HOUR + 2**20
    body, headers = refused
    assert "What you wrote is still on your computer" in body
    assert int(headers["Retry-After"]) >= 1
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert save(server, "GE-3", 1, "words")[0] == 200


@given(st.lists(st.tuples(st.integers(0, AN_HOUR), st.floats(0, 7200)), max_size=40))
def test_no_way_of_sending_gets_more_than_the_quota(sends: list[tuple[int, float]]) -> None:
    """P06: in any hour at most twice the quota, and never more than there is for one person."""
    quotas, now, taken = Quotas(), 0.0, list[tuple[float, int]]()
    for size, pause in sends:
        now += pause
        if not quotas.is_used_up("GE-2", size) and not quotas.wait("GE-2", size, now):
            taken.append((now, size))
    assert sum(size for _, size in taken) <= IN_ALL
    for moment, _ in taken:
        assert sum(s for at, s in taken if moment <= at <= moment + 3600) <= 2 * AN_HOUR + 1
    assert quotas.wait("GE-3", AN_HOUR, now) == 0


@pytest.mark.timeout(240)
def test_one_person_has_one_kernel(folder: SeminarFolder) -> None:
    """P06: with room for two, somebody who opens many leaves room for others."""
    server = FormServer(folder, notebooks=2)
    server.start(120)
    try:
        for person in ("GE-2", "GE-3"):
            server.link(person)
        for file in ("questions", "country_report", "pre_survey", "questions"):
            assert server.get(f"/p/GE-2/live/GE-2-{file}", server.tokens["GE-2"])[0] == 200
        assert server.get("/p/GE-3/live/GE-3-questions", server.tokens["GE-3"])[0] == 200
        server.link("GE-1")
        status, page, headers = server.get("/p/GE-1/live/GE-1-questions", server.tokens["GE-1"])
        assert status == 503 and "open the form as a page" in page
        assert headers["Retry-After"] == "120"
    finally:
        server.stop()


def test_it_answers_under_its_own_names_alone(folder: SeminarFolder) -> None:
    """P06: a page elsewhere that lends this computer a name of its own gets nothing."""
    server = FormServer(folder, address="https://forms.example.org/spring")
    server.start()
    try:
        for host in ("forms.example.org", "FORMS.example.org:443", "127.0.0.1:1", "localhost"):
            assert ask(server, "/", Host=host)[0] == 200, host
        link = server.link("GE-2").removeprefix(server.url)
        for host in ("evil.example.com", "forms.example.org.evil.com", "10.0.0.1", "[::2]"):
            for path in ("/", link, "/p/GE-2/", "/p/GE-2/live/x"):
                status, page, headers = ask(server, path, Host=host)
                assert status in (404, 421) and "Set-Cookie" not in headers, (host, path)
                assert host not in page
                if path == "/":
                    assert "does not answer at that address" in page
    finally:
        server.stop()


def test_the_names_of_a_server() -> None:
    """P06: in a room without a name, digits and the computer's own name are good."""
    room = Hosts.of("0.0.0.0", "")
    assert room.has("192.168.1.5") and room.has("::1") and room.has("localhost")
    assert not room.has("evil.example.com")
    behind = Hosts.of("127.0.0.1", "https://forms.example.org/x")
    assert behind.has("forms.example.org.") and not behind.has("192.168.1.5")
    assert HandlerState.__dataclass_fields__["hosts"].default is None


@pytest.mark.timeout(120)
def test_no_token_is_logged_whatever_fails(folder: SeminarFolder) -> None:
    """P06: a broken page, a broken store, requests that are none, a token where none belongs."""
    server = FormServer(folder)
    server.start()
    try:
        server.link("GE-2")
        token = server.tokens["GE-2"]
        (folder.root / "templates" / "serve").mkdir(parents=True)
        (folder.root / "templates" / "serve" / "message.html").write_text("$there_is_no_such_thing")
        for path in (f"/link/{token}", f"/link/{token[:-1]}", f"/link/{token}x", f"/{token}", f"/p/{token}/", f"/p/GE-2/{token}.html",
                     f"/link/{token}?x={token}", f"/p/GE-2/live/{token}"):  # fmt: skip
            with suppress(http.client.HTTPException, OSError):
                ask(server, path, Cookie=f"seminar={token}")
        for raw in (f"GET /link/{token}\r\n\r\n", f"GET /link/{token} HTTP/9.9\r\nHost: x\r\n\r\n", f"{token}\r\n\r\n",
                    f"POST /p/GE-2/save HTTP/1.1\r\nHost: localhost\r\nCookie: seminar={token}\r\nContent-Length: -1\r\n\r\n"):  # fmt: skip
            import socket

            with socket.create_connection(("127.0.0.1", server.port), timeout=10) as line:
                line.sendall(raw.encode())
                line.settimeout(2)
                with suppress(OSError):
                    line.recv(1000)
    finally:
        server.stop()
    log = (folder.root / "serve.log").read_text("utf-8")
    assert "there_is_no_such_thing" in log and "handlers.py" in log, "what failed is told"
    for start in range(0, len(token) - 12, 4):
        assert token[start : start + 12] not in log


@given(st.text(), st.text())
def test_what_is_logged_is_scrubbed_of_every_token(before: str, after: str) -> None:
    """P06"""
    import secrets

    token = secrets.token_urlsafe(24)
    for place in (
        f"/link/{token}",
        f'"{token}"',
        f" {token} ",
        f"seminar={token};",
        f"/p/{token}/",
    ):
        assert token not in without_tokens(f"{before} {place} {after}")


def test_a_link_ends(folder: SeminarFolder) -> None:
    """P06: on the day named, and in words; it can be lengthened; an older one has a last day too."""
    links = Links(folder.links)
    today = date.today()
    made = links.make(["GE-2"], today - timedelta(days=2)) | links.make(["GE-3"], today + timedelta(days=2))  # fmt: skip
    server = FormServer(folder)
    server.start()
    try:
        status, page, _ = server.get(f"/link/{made['GE-2']}")
        assert status == 403 and "has expired. Nothing that was sent with it is lost" in page
        assert server.get("/p/GE-2/", made["GE-2"])[0] == 403
        assert server.get(f"/link/{made['GE-3']}")[0] == 200
        run = loaded.run("--folder", folder.root, "links", "--country", "GE", "--days", "5")
        assert run.returncode == 0, run.stderr
        assert server.get(f"/link/{made['GE-2']}")[0] == 200
    finally:
        server.stop()
    assert re.search(r"GE-3 +until \S+, first used 20\S+ \d\d:\d\d", run.stdout)
    assert re.search(r"GE-1 +until \S+, not used yet", run.stdout)
    first = FirstUses(folder.links_used).all()
    assert len(first) == 2
    for token in made.values():
        for path in folder.received.rglob("*"):
            if path.is_file() and "files" not in path.relative_to(folder.received).parts:
                assert token not in path.read_text("utf-8")


def test_a_link_without_a_last_day_has_a_sensible_one(folder: SeminarFolder) -> None:
    """P06: four weeks after the seminar, or after it was made; of an older log as well."""
    ends = folder.seminar.last_day
    assert default_until(ends - timedelta(days=50), ends) == ends + timedelta(weeks=4)
    assert default_until(ends + timedelta(days=50), ends) == ends + timedelta(days=78)
    Links(folder.links).make(["GE-2"])
    (link,) = Links(folder.links).all()
    assert link.until == "" and link.last_day(ends) >= date.today() + timedelta(days=27)


def seminar(folder: SeminarFolder, *words: str) -> Any:
    return loaded.run("--folder", folder.root, *words)


def test_a_withdrawal_cut_off_the_log_does_not_open_the_link_again(folder: SeminarFolder) -> None:
    """P06: the log of links has an anchor too."""
    Links(folder.links).make(["GE-2"])
    Links(folder.links).withdraw(["GE-2"])
    lines = folder.links.read_bytes().splitlines(keepends=True)
    folder.links.write_bytes(b"".join(lines[:-1]))
    run = seminar(folder, "links", "--country", "GE")
    assert run.returncode == 1 and "links.jsonl has lost lines at its end" in run.stderr
    assert KIT.exists()
