"""Runs the solver in a child process, which is killed when the time runs out.

The solver cannot be interrupted at every moment, so the time limit is enforced from outside. The
best seating until then counts; if there is none, a greedy sketch.
"""

from __future__ import annotations

import pickle
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from subprocess import DEVNULL, PIPE

from seminarkit.core.isolation import start_python
from seminarkit.topics.groups.seating.rules import Round, Seating
from seminarkit.topics.groups.seating.seat_people import seat
from seminarkit.topics.groups.seating.seating_program import EarlierGroups
from seminarkit.topics.groups.seating.solver import work


@dataclass(frozen=True)
class Problem:
    """Rounds that are solved together, and the earlier groups of their sessions."""

    rounds: Sequence[Round]
    earlier: EarlierGroups


_Answer = tuple[int, Seating, bool]  # number of the problem, seating, whether it is final


def seat_within(seconds: float, problems: Sequence[Problem]) -> list[Seating]:
    """Return a seating for each problem within a time limit, however large the problem is.

    The amount of work is the same on every computer and leaves time to spare. If a computer is too
    slow to finish, the best seating so far is returned and ``ended`` is set.
    """
    if not problems:
        return []
    answers: dict[int, _Answer] = {}
    # both ends of the pipe are this program: no received file is ever unpickled
    process = start_python(
        ["-m", "seminarkit.topics.groups.seating.timed_process"],
        stdin=PIPE,
        stdout=PIPE,
        stderr=DEVNULL,
    )
    to_child, from_child = process.stdin, process.stdout
    assert to_child and from_child

    def listen() -> None:
        try:
            with to_child:
                pickle.dump((seconds, list(problems)), to_child)
            while True:
                answer: _Answer = pickle.load(from_child)
                answers[answer[0]] = answer
        except (OSError, EOFError, pickle.UnpicklingError):
            pass  # the child has finished, or was killed

    listener = threading.Thread(target=listen, daemon=True)
    try:
        listener.start()
        listener.join(seconds)
    finally:
        process.kill()
        process.wait()
    listener.join()
    from_child.close()
    return [_seating_of(problem, answers.get(i)) for i, problem in enumerate(problems)]


def _seating_of(problem: Problem, answer: _Answer | None) -> Seating:
    if answer is None:
        return replace(seat(problem.rounds, problem.earlier, 0.0), ended=True)
    _, seating, last = answer
    return seating if last else replace(seating, ended=True)


def main() -> None:
    """Solve the problems read from stdin, and write each better seating to stdout."""
    out = sys.stdout.buffer
    sys.stdout = sys.stderr  # stray prints must not corrupt the stream of answers
    seconds, problems = pickle.load(sys.stdin.buffer)
    for number, problem in enumerate(problems):

        def write(seating: Seating, last: bool = False, number: int = number) -> None:
            pickle.dump((number, seating, last), out)
            out.flush()

        write(seat(problem.rounds, problem.earlier, work(seconds), write), last=True)


if __name__ == "__main__":
    main()
