"""Is the repository what it says: floors, names, packages, wheel, texts?"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from ruamel.yaml import YAML
from shared import ROOT

PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
TRACKED = [
    ROOT / name
    for name in subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\0")
    if name and (ROOT / name).is_file()
]
RECEIVED = {"inbox", "cases"}  # as they came, in whatever letters
TEXTS = [
    p
    for p in TRACKED
    if p.suffix not in (".png", ".ttf", ".xz", ".zip") and not RECEIVED & {*p.parts}
]


def bare(requirement: str) -> tuple[str, str]:
    name, rest = re.fullmatch(r"([A-Za-z0-9._-]+)(.*)", requirement).groups()  # type: ignore[union-attr]
    return name.lower(), rest


def test_environment_yml_is_equal_to_pyproject() -> None:
    """K05: one list of packages, held in two files."""
    environment = YAML(typ="safe", pure=True).load((ROOT / "environment.yml").read_text("utf-8"))
    conda = dict(bare(e) for e in environment["dependencies"] if isinstance(e, str))
    project = PYPROJECT["project"]
    extra = project["optional-dependencies"]["serve"]
    wanted = dict(bare(r) for r in [*project["dependencies"], *extra])
    tests = dict(bare(r) for r in project["optional-dependencies"]["test"])
    names = {"tzdata": "python-tzdata", "matplotlib": "matplotlib-base", "typing-extensions": "typing_extensions"}  # fmt: skip
    pip = [f"typst{wanted.pop('typst')}"]  # not known to be on conda-forge
    expected = {names.get(name, name): rest for name, rest in wanted.items()}
    expected |= {
        "pytest": tests["pytest"],
        "python": PYPROJECT["project"]["requires-python"],
        "pip": "",
    }
    assert conda == expected
    assert environment["dependencies"][-1] == {"pip": [*pip, "--editable ."]}


def test_the_top_level_holds_what_the_kit_is_made_of() -> None:
    allowed = {
        ".ci", ".gitattributes", ".gitignore", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE",
        "Makefile", "README.md", "case_studies", "environment.yml", "notebooks", "pyproject.toml",
        "readings", "scripts", "seminar.yml", "seminarkit", "templates", "tests",
    }  # fmt: skip
    assert {path.relative_to(ROOT).parts[0] for path in TRACKED} <= allowed


def test_the_theme_occurs_in_content_only() -> None:
    """O26: the package knows nothing of the first seminar's theme."""
    for path in (ROOT / "seminarkit").rglob("*"):
        if path.suffix in (".py", ".js", ".css", ".json"):
            assert not re.search(r"micro.?credential", path.read_text("utf-8"), re.IGNORECASE), path


def test_no_file_of_the_package_is_too_long_to_read() -> None:
    for path in (ROOT / "seminarkit").rglob("*.py"):
        assert len(path.read_text("utf-8").splitlines()) <= 250, path


def test_nothing_names_a_place_to_download_from() -> None:
    hosts = re.compile(r"pypi\.org|pythonhosted|registry\.npmjs|deb\.debian|conda\.anaconda|unpkg|jsdelivr|cdnjs|googleapis")  # fmt: skip
    for path in TEXTS:
        if path != Path(__file__):
            assert not hosts.search(path.read_text("utf-8")), path


def test_only_authored_notebooks_are_stripped(tmp_path: Path) -> None:
    """C03: a filled-in notebook keeps its answers in a commit; a notebook of ours keeps none."""
    attributes = ROOT / ".gitattributes"
    sample = ROOT / "tests" / "inbox" / "good.ipynb"
    root = tmp_path / "clone"
    (root / "notebooks" / "report").mkdir(parents=True)
    (root / "inbox").mkdir()
    shutil.copy(attributes, root)
    shutil.copy(sample, root / "inbox")
    shutil.copy(sample, root / "notebooks" / "report")

    def git(*words: str) -> str:
        command = ["git", "-c", "user.name=t", "-c", "user.email=t@example.org", *words]
        return subprocess.run(command, cwd=root, capture_output=True, text=True, check=True).stdout

    git("init", "-q")
    git("config", "filter.nbstripout.clean", f'"{sys.executable}" -m nbstripout')
    git("config", "filter.nbstripout.required", "true")
    git("add", "-A")
    git("commit", "-qm", "sample")
    assert "Who pays?" in git("show", "HEAD:inbox/good.ipynb")
    assert "Who pays?" not in git("show", "HEAD:notebooks/report/good.ipynb")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    target = tmp_path_factory.mktemp("wheel")
    source = target / "source"
    shutil.copytree(ROOT, source, ignore=shutil.ignore_patterns(".git", ".venv", "node_modules", "output", "packs", "received", "inbox", "dossiers"))  # fmt: skip
    program = "import hatchling.build, sys; print(hatchling.build.build_wheel(sys.argv[1]))"
    run = subprocess.run(
        [sys.executable, "-c", program, str(target)],
        cwd=source,
        capture_output=True,
        text=True,
        check=True,
    )
    return zipfile.ZipFile(target / run.stdout.split()[-1])


def test_the_wheel_carries_everything_the_kit_is_made_of(wheel: zipfile.ZipFile) -> None:
    """K06: notebooks, templates, extension, page template, and the sample."""
    names = set(wheel.namelist())
    data = "seminarkit-0.7.0.data/data/share/jupyter"
    for name in (
        "seminarkit/kit/seminar.yml",
        "seminarkit/kit/notebooks/prepare/country_report.ipynb",
        "seminarkit/kit/notebooks/report/country_profile.ipynb",
        "seminarkit/kit/templates/forms/questions.yml",
        "seminarkit/kit/templates/prepare/page.html",
        "seminarkit/kit/readings/facts/countries.yml",
        "seminarkit/kit/case_studies/ghent.md",
        "seminarkit/kit/scripts/make_sample.py",
        "seminarkit/kit/scripts/sample/GE.yml",
        "seminarkit/core/forms/form.js",
        "seminarkit/lab/config/jupyter_server_config.json",
        "seminarkit/lab/config/labconfig/default_setting_overrides.json",
        "seminarkit/lab/config/labconfig/page_config.json",
        "seminarkit/lab/labextensions/seminarkit-open/package.json",
        "seminarkit/lab/labextensions/seminarkit-open/static/open-0.1.0.js",
        f"{data}/labextensions/seminarkit/package.json",
        f"{data}/labextensions/seminarkit/static/extension-0.7.0.js",
        f"{data}/labextensions/seminarkit/static/form.js",
        f"{data}/labextensions/seminarkit/static/form.css",
        f"{data}/nbconvert/templates/seminar_report/index.html.j2",
        f"{data}/nbconvert/templates/seminar_report/conf.json",
    ):
        assert name in names, name
    assert not any("tests" in Path(name).parts or name.endswith(".eml") for name in names)


def test_the_installed_copies_are_those_of_the_checkout() -> None:
    """An editable install copies them; after a change it has to be made again."""
    share = Path(sys.prefix) / "share" / "jupyter"
    extension = share / "labextensions" / "seminarkit" / "static"
    for name in ("form.js", "form.css"):
        assert (extension / name).read_bytes() == (
            ROOT / "seminarkit" / "core" / "forms" / name
        ).read_bytes()
    template = share / "nbconvert" / "templates" / "seminar_report"
    for path in (ROOT / "templates" / "report").iterdir():
        assert (template / path.name).read_bytes() == path.read_bytes()


def test_the_versions_agree() -> None:
    import json

    import seminarkit

    package = json.loads(
        (ROOT / "seminarkit" / "core" / "forms" / "labextension" / "package.json").read_text(
            "utf-8"
        )
    )
    assert seminarkit.__version__ == PYPROJECT["project"]["version"] == package["version"]
    script = f"static/extension-{seminarkit.__version__}.js"
    assert package["jupyterlab"]["_build"]["load"] == script
    copied = PYPROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["shared-data"].values()
    assert f"share/jupyter/labextensions/seminarkit/{script}" in copied
    assert f"## {seminarkit.__version__}" in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_starting_the_command_loads_nothing_heavy() -> None:
    """K05: help and status answer at once."""
    program = (
        "import sys, seminarkit.cli.main, seminarkit.cli.status, seminarkit.cli.check\n"
        "heavy = {'pandas', 'numpy', 'nbformat', 'nbconvert', 'matplotlib', 'papermill', 'IPython', 'docx', 'lxml', 'tornado', 'voila', 'anywidget', 'ipywidgets'}\n"
        "print(heavy & set(sys.modules))"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == "set()"
