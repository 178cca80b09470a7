"""Seats people in a process of its own, which is ended when the time runs out.

The solver cannot be stopped from within at every moment, so the promise of a time limit is kept
from outside. What was found until then counts, and before anything was found, a sketch.
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
from seminarkit.topics.groups.seating.seating_program import Kept
from seminarkit.topics.groups.seating.solver import work


@dataclass(frozen=True)
class Problem:
    """The rounds whose people are seated at once, and who sat where before."""

    rounds: Sequence[Round]
    kept: Kept


_Answer = tuple[int, Seating, bool]  # of which problem, and whether it is the last one


def seat_within(seconds: float, problems: Sequence[Problem]) -> list[Seating]:
    """Return a seating for each problem, within some seconds whatever the size.

    The work is the same on every computer and leaves time to spare; only where a computer is too
    slow for it, ``ended`` says so and the seating is the best one until then.
    """
    if not problems:
        return []
    answers: dict[int, _Answer] = {}
    # both sides of the pipe are this program: nothing received is read as a pickle
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
            pass  # it has done its work, or was ended

    listener = threading.Thread(target=listen, daemon=True)
    try:
        listener.start()
        listener.join(seconds)
    finally:
        process.kill()
        process.wait()
    listener.join()
    from_child.close()
    return [_found(problem, answers.get(i)) for i, problem in enumerate(problems)]


def _found(problem: Problem, answer: _Answer | None) -> Seating:
    if answer is None:
        return replace(seat(problem.rounds, problem.kept, 0.0), ended=True)
    _, seating, last = answer
    return seating if last else replace(seating, ended=True)


def main() -> None:
    """Seat the people of the problems that come in, and write each better answer."""
    out = sys.stdout.buffer
    sys.stdout = sys.stderr  # whatever prints a word must not stand between the answers
    seconds, problems = pickle.load(sys.stdin.buffer)
    for number, problem in enumerate(problems):

        def write(seating: Seating, last: bool = False, number: int = number) -> None:
            pickle.dump((number, seating, last), out)
            out.flush()

        write(seat(problem.rounds, problem.kept, work(seconds), write), last=True)


if __name__ == "__main__":
    main()
