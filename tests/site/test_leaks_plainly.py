"""Does the last look find what a plain comparison of everything with everything finds?"""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_leaks import core

from seminarkit.core.package_folder import KIT
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.site.leaks import LeakSearch
from seminarkit.site.page_words import Words, blocks, spelled_out, words
from seminarkit.site.secrets import Secret

# few words, so that texts share many; no word of the kit's own is among them
VOCABULARY = [
    *[
        "qax",
        "qbex",
        "qciz",
        "qdolum",
        "qeremqat",
        "qfilustraqon",
        "qgam",
        "qhu",
        "qi",
        "qjovertaqem",
    ]
]
PATH = "public/a.html"


def runs_of(given_words: Sequence[str], length: int) -> list[Words]:
    return [tuple(given_words[i : i + length]) for i in range(len(given_words) - length + 1)]


def letters(run: Words) -> int:
    return sum(map(len, run))


def is_secret_run(secret: Secret, run: Words) -> bool:
    """Say whether six words in a row are the secret's, or four that are long."""
    long_enough = len(run) == 6 or (len(run) == 4 and letters(run) >= 34)
    return long_enough and run in runs_of(secret.words, len(run))


def begins(secret: Secret, text: str, own: Words) -> bool:
    """Say whether a text that ends in dots is how an answer begins."""
    cut = len(own) > 2 and text.rstrip().endswith(("…", "..."))
    begun, rest = secret.words[: len(own) - 1], secret.words[len(own) - 1 :]
    return cut and begun == own[:-1] and bool(rest) and rest[0].startswith(own[-1])


def plainly(secrets: Sequence[Secret], page: str) -> set[str]:
    """Return the sentence of each secret on a page: each run of words beside each of each secret.

    Where two secrets have the same run, the first is named.
    """
    texts = blocks(PATH, page)
    every = [word for text in texts for word in words(text)]
    looked = [secret for secret in secrets if letters(secret.words) >= 10]
    found: set[str] = set()

    def name(fitting: list[Secret]) -> None:
        found.update(secret.sentence for secret in fitting[:1])

    for length in (6, 4):
        for run in runs_of(every, length):
            name([secret for secret in looked if is_secret_run(secret, run)])
    for length in (4, 5):
        for run in runs_of(every, length):
            name([s for s in looked if s.words == run and letters(run) >= 18])
    for spelled in spelled_out(every):
        for secret in looked:
            for length in (6, 4):
                for run in runs_of(secret.words, length):
                    if is_secret_run(secret, run) and "".join(run) in spelled:
                        name([s for s in looked if is_secret_run(s, run)])
    for text in texts:
        own = words(text)
        whole = [s for s in looked if s.words == own and len(own) >= 2]
        name(whole or [s for s in looked if len(s.words) >= 2 and begins(s, text, own)])
    return found


@pytest.fixture(scope="module", params=[1, 2])
def wall(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> LeakSearch:
    """A wall with secrets of all lengths, which begin alike and hold each other."""
    draw = random.Random(request.param)
    root = tmp_path_factory.mktemp("plainly") / "seminar"
    root.mkdir()
    (root / "seminar.yml").write_text((KIT / "seminar.yml").read_text("utf-8"), "utf-8")
    texts = [" ".join(draw.choices(VOCABULARY, k=draw.randint(1, 15))) for _ in range(40)]
    texts += [" ".join(text.split()[:7]) for text in texts[:10]]
    return LeakSearch(core(SeminarFolder(root), *texts))


@given(st.data())
def test_the_same_is_found_as_by_comparing_all_with_all(
    wall: LeakSearch, data: st.DataObject
) -> None:
    """P07: whole answers, parts of them over several cells, cut ones, letters that stand apart."""
    secret = st.sampled_from([secret.text for secret in wall._secrets])
    part = st.builds(
        lambda text, begin, length: " ".join(text.split()[begin : begin + length]),
        secret,
        st.integers(0, 5),
        st.integers(1, 9),
    )
    cut = st.builds(lambda text, end: f"{text[: max(3, end)]}…", secret, st.integers(3, 60))
    apart = part.map(lambda text: " ".join(text.replace(" ", "")))
    drawn = st.lists(st.sampled_from(VOCABULARY), max_size=8).map(" ".join)
    cells = data.draw(st.lists(st.one_of(secret, part, cut, apart, drawn), max_size=8))
    page = "".join(f"<p>{cell}</p>" for cell in cells)
    said = wall.by_page({PATH: page}).get(PATH, [])
    expected = {f"{PATH} holds words {each}." for each in plainly(wall._secrets, page)}
    assert {each for each in said if "holds words" in each} == expected
