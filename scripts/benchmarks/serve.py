"""Whether the server of forms keeps up, and whether a kill loses a word that it said was kept.

First 200 connections save 50 drafts each within a minute, as 100 people with two windows would; the
connections are kept open by one process beside the server, on the same machine. Then the server is
killed (SIGKILL) at random moments while eight people type and submit, and started again.

Example:
    python scripts/benchmarks/serve.py
    python scripts/benchmarks/serve.py 10            # ten kills instead of fifty
    python scripts/benchmarks/serve.py 10 submit     # submissions instead of drafts
"""

from __future__ import annotations

import asyncio
import json
import random
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from measuring import print_table, seminar

from seminarkit.core.forms.bundle import payload
from seminarkit.core.logs.hash_log import ChainedLog
from seminarkit.core.package_folder import KIT
from seminarkit.core.seminar.assignments import assignments
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.store.read_store import submissions
from seminarkit.serve.personal_links import Links
from seminarkit.topics.intake.collect import collect
from seminarkit.topics.intake.verify import verify
from seminarkit.topics.packs.personal_form import form_for

CONNECTIONS, SAVES = 200, 50
PACE = 1.15  # seconds between two saves of one connection: the last begins within the minute
TYPING = 8  # people at once while the server is killed
LIFE = 6.0  # seconds at the most until the next kill: on a busy machine a submission takes some
WORDS = "Some words of an answer, as people write them, არა მხოლოდ ლათინურად. " * 12


class Server:
    """``seminar serve`` in a process of its own, on one port for all its lives."""

    def __init__(self, folder: SeminarFolder) -> None:
        self.folder = folder
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        people = dict.fromkeys(each.author.id for each in assignments(folder.seminar))
        self.tokens = Links(folder.links).make(list(people))

    def start(self) -> None:
        """Start it, and wait until the port is open."""
        command = seminar("serve", "--port", str(self.port))
        self.process = subprocess.Popen(command, cwd=self.folder.root, stdout=subprocess.DEVNULL)
        for _ in range(3000):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.02)
        raise RuntimeError("the server did not start")

    def end(self, how: signal.Signals) -> None:
        """End it by a signal."""
        self.process.send_signal(how)
        self.process.wait()


class Line:
    """One kept-open connection of one person's page."""

    def __init__(self, server: Server, person: str) -> None:
        self.server, self.person = server, person
        form = form_for(server.folder, "questions", person)
        self.filled = payload(form, saved_at="2020-11-10T10:00:00Z")
        self.streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def send(self, what: str, window: str, rev: int) -> int:
        """Send one state of the form; return the status, raise OSError when the line is cut."""
        if self.streams is None:
            self.streams = await asyncio.open_connection("127.0.0.1", self.server.port)
        reader, writer = self.streams
        answers = {"questions": [{"about": "ghent", "question": f"{rev} {WORDS}"}]}
        filled = {**self.filled, "rev": rev, "answers": answers}
        body = json.dumps({"window": window, "filled": filled}).encode()
        head = (
            f"POST /p/{self.person}/{what} HTTP/1.1\r\nHost: 127.0.0.1:{self.server.port}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n"
            f"Cookie: seminar={self.server.tokens[self.person]}\r\n\r\n"
        )
        try:
            writer.write(head.encode() + body)
            await writer.drain()
            answer = (await reader.readuntil(b"\r\n\r\n")).decode()
            fields = dict(x.lower().split(": ", 1) for x in answer.splitlines()[1:] if ": " in x)
            await reader.readexactly(int(fields["content-length"]))
        except (OSError, asyncio.IncompleteReadError) as error:
            writer.close()
            self.streams = None
            raise OSError("cut") from error
        return int(answer.split()[1])


def on_disk(folder: SeminarFolder) -> set[tuple[str, int]]:
    """Return every draft in the log: the form's instance and the number of the change."""
    entries = ChainedLog(folder.drafts, "").entries()
    return {(e["filled"]["instance"], e["filled"]["rev"]) for e in entries}


async def many(server: Server, what: str) -> tuple[list[float], set[tuple[str, int]], int]:
    """Save from all connections for a minute; return the times, what was acknowledged, and not."""
    people = list(server.tokens)
    names = [p for p in people if p.partition("-")[2] not in ("", "NEO")]
    times: list[float] = []
    acknowledged: set[tuple[str, int]] = set()
    refused = 0

    async def one(number: int) -> None:
        nonlocal refused
        line = Line(server, names[number % len(names)])
        start = time.monotonic() + random.uniform(0, PACE)
        for i in range(SAVES):
            await asyncio.sleep(max(0.0, start + i * PACE - time.monotonic()))
            rev, sent = i * CONNECTIONS + number + 1, time.monotonic()
            status = await line.send(what, f"w{number}", rev)
            times.append(time.monotonic() - sent)
            if status == 200:
                acknowledged.add((line.filled["instance"], rev))
            else:
                refused += 1

    await asyncio.gather(*(one(number) for number in range(CONNECTIONS)))
    return times, acknowledged, refused


async def killed(server: Server, kills: int) -> tuple[set[tuple[str, int]], set[tuple[str, int]]]:
    """Type and submit while the server is killed; return what was acknowledged, and submitted."""
    kept: set[tuple[str, int]] = set()
    handed_in: set[tuple[str, int]] = set()
    going = True

    async def one(number: int) -> None:
        line = Line(server, [p for p in server.tokens if p.endswith("-2")][number])
        rev = 10**6
        while going:
            rev += 1
            what = "submit" if rev % 4 == 0 else "save"
            try:
                status = await line.send(what, f"k{number}", rev)
            except OSError:
                await asyncio.sleep(0.05)
                continue
            if status == 200:
                kept.add((line.filled["instance"], rev))
                if what == "submit":
                    handed_in.add((line.filled["instance"], rev))
            await asyncio.sleep(0.1)

    typing = [asyncio.create_task(one(number)) for number in range(TYPING)]
    for _ in range(kills):
        await asyncio.sleep(random.uniform(0.0, LIFE))
        server.end(signal.SIGKILL)
        await asyncio.to_thread(server.start)
    going = False
    await asyncio.gather(*typing)
    return kept, handed_in


def main(kills: int, what: str) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as temporary:
        root = Path(temporary)
        (root / "seminar.yml").write_bytes((KIT / "seminar.yml").read_bytes())
        (root / "inbox").mkdir()
        folder = SeminarFolder(root)
        server = Server(folder)
        server.start()
        start = time.monotonic()
        times, acknowledged, refused = asyncio.run(many(server, what))
        took = time.monotonic() - start
        lost = acknowledged - on_disk(folder)
        size = folder.drafts.stat().st_size / 2**20
        start = time.monotonic()
        server.end(signal.SIGKILL)
        server.start()
        again = time.monotonic() - start
        kept, handed_in = asyncio.run(killed(server, kills))
        server.end(signal.SIGTERM)
        collect(folder, rebuild=True)
        revs = {s.instance: s.rev for s in submissions(folder.database)}
        # at a start the log is made small: a draft stays until a later one takes its place
        newest = dict(revs)
        for instance, rev in on_disk(folder):
            newest[instance] = max(rev, newest.get(instance, 0))
        gone = [each for each in kept if newest.get(each[0], 0) < each[1]]
        not_taken = [each for each in handed_in if revs.get(each[0], 0) < each[1]]
        damage = verify(folder).damage
    percent = statistics.quantiles(times, n=100)
    print_table(
        f"{CONNECTIONS} connections, {SAVES} {what}s each, then {kills} kills",
        [
            (f"{what}s acknowledged", f"{len(acknowledged):,} in {took:.0f} s", "10,000 in 60 s"),
            (f"{what}s refused", str(refused), "0"),
            ("acknowledged and lost", str(len(lost)), "0"),
            ("answered, median", f"{percent[49] * 1000:.0f} ms", "–"),
            ("answered, 95 of 100", f"{percent[94] * 1000:.0f} ms", "300 ms"),
            ("answered, 99 of 100", f"{percent[98] * 1000:.0f} ms", "–"),
            ("log of drafts", f"{size:.0f} MiB", "–"),
            ("up again after a kill", f"{again:.1f} s", "–"),
            ("kills", str(kills), "50"),
            ("drafts acknowledged meanwhile", f"{len(kept):,}", "–"),
            ("of them lost", str(len(gone)), "0"),
            ("submissions acknowledged", str(len(handed_in)), "–"),
            ("of them not in the store", str(len(not_taken)), "0"),
            ("found by verify", str(len(damage)), "0"),
        ],
    )


if __name__ == "__main__":
    main(
        int(sys.argv[1]) if len(sys.argv) > 1 else 50,
        sys.argv[2] if len(sys.argv) > 2 else "save",
    )
