import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tools import styles
from tools.wheel import NEEDED, StylesHook

ROOT = Path(__file__).resolve().parents[2]


def hook(root: Path) -> StylesHook:
    nothing: Any = None
    return StylesHook(str(root), {}, nothing, nothing, str(root / "dist"), "wheel", nothing)


def test_the_wheel_asks_for_every_file_that_is_built() -> None:
    assert set(NEEDED) == {"site.css", *styles.COPIED}


def test_no_wheel_is_packed_without_the_styles(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match=r"site\.css.*make setup"):
        hook(tmp_path).initialize("standard", {})


def test_an_editable_install_may_go_without_the_styles(tmp_path: Path) -> None:
    hook(tmp_path).initialize("editable", {})


@pytest.mark.skipif(not styles.is_built(), reason="the styles are not built: run make setup")
def test_the_wheel_carries_the_styles_and_nothing_of_the_government(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        names = packed.namelist()
        css = packed.read("bot/web/static/site.css").decode()
    assert {f"bot/web/static/{name}" for name in NEEDED} <= set(names)
    assert [name for name in names if "crest" in name or "crown" in name or "font" in name.lower()] == []
    assert "GDS Transport" not in css
    assert "@font-face" not in css
    assert "crest" not in css
    assert {name.partition("/")[0] for name in names if name.endswith(".py")} == {
        "bot",
        "messages",
        "store",
        "surveys",
    }
