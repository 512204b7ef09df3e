"""Pictures drawn anew: nothing but what they show, in a process that can do no harm (H13, H14)."""

from __future__ import annotations

import io
import socket
import subprocess
import sys

import pytest
from PIL import Image

from evenhand.evidence import sandbox
from evenhand.evidence.sandbox import NO_SANDBOX, CannotRedraw, redraw
from evenhand.evidence.standing import cautions
from tests.evidence.making import CAMERA, WRITER, picture, pixel_bomb, telling_picture


def _size(content: bytes) -> tuple[int, int]:
    with Image.open(io.BytesIO(content)) as image:
        return image.size


@pytest.fixture(params=["what is here", "limits only"])
def walls(request, monkeypatch):
    """With bubblewrap where it works, and as it is where there is none: in a container it may not be let."""
    if request.param == "limits only":
        monkeypatch.setattr(sandbox, "bubblewrap", lambda: None)


def test_h14_copies_say_nothing_but_what_they_show(walls):
    copies = redraw(io.BytesIO(telling_picture()), "jpeg")
    assert copies.carries == ("author", "device", "place", "time")
    for copy in (copies.shared, copies.thumbnail):
        held = [word for word in (CAMERA.encode(), WRITER.encode(), b"Exif", b"adobe", b"ICC") if word in copy]
        with Image.open(io.BytesIO(copy)) as image:
            assert (
                held,
                dict(image.getexif()),
                set(image.info) - {"jfif", "jfif_version", "jfif_unit", "jfif_density"},
            ) == (
                [],
                {},
                set(),
            )


def test_a_picture_lying_on_its_side_stands_upright():
    copies = redraw(io.BytesIO(telling_picture()), "jpeg")
    assert (_size(copies.shared), _size(copies.thumbnail)) == ((480, 640), (240, 320))


@pytest.mark.parametrize("type_", ["png", "gif", "webp"])
def test_h14_every_kind_of_picture_is_drawn_anew(type_):
    given = telling_picture(type_.upper()) if type_ != "gif" else picture("GIF", comment=WRITER.encode())
    copies = redraw(io.BytesIO(given), type_)
    assert (WRITER.encode() in given, WRITER.encode() in copies.shared) == (True, False)
    assert (_size(copies.shared), _size(copies.thumbnail)[0] <= 320) == (
        _size(given) if type_ == "gif" else (480, 640),
        True,
    )


def test_what_can_be_seen_through_is_drawn_on_white():
    out = io.BytesIO()
    Image.new("RGBA", (4, 4), (0, 0, 0, 0)).save(out, "PNG")
    with Image.open(io.BytesIO(redraw(io.BytesIO(out.getvalue()), "png").shared)) as image:
        assert (image.mode, image.getpixel((0, 0))) == ("RGB", (255, 255, 255))


def test_h13_a_pixel_bomb_is_told_by_its_header(walls):
    with pytest.raises(CannotRedraw, match=r"^The picture has more than 64 million points\.$"):
        redraw(io.BytesIO(pixel_bomb()), "png")


@pytest.mark.parametrize("cut", [100, 2_000])
def test_h13_a_picture_cut_off_is_said_to_be(cut):
    with pytest.raises(CannotRedraw, match=r"^The picture cannot be read: it may be cut off or damaged\.$"):
        redraw(io.BytesIO(picture()[:cut]), "jpeg")


def test_h13_a_picture_of_another_kind_is_not_tried():
    with pytest.raises(CannotRedraw):
        redraw(io.BytesIO(picture("PNG")), "jpeg")


def test_h13_a_script_that_is_stopped_leaves_no_copy(monkeypatch, tmp_path):
    for behaviour in ("import time; time.sleep(30)", "raise SystemExit(1)", "print('[]')", "print('{')", "print('{}')"):
        script = tmp_path / "redraw.py"
        script.write_text(behaviour)
        monkeypatch.setattr(sandbox, "SCRIPT", script)
        monkeypatch.setattr(sandbox, "ENDS_WITHIN", 0.5)
        with pytest.raises(CannotRedraw):
            redraw(io.BytesIO(picture()), "jpeg")


def test_h13_a_copy_shorter_than_it_says_is_none(monkeypatch, tmp_path):
    script = tmp_path / "redraw.py"
    script.write_text("""print('{"carries": [], "sizes": [5, 5]}'); print('12')""")
    monkeypatch.setattr(sandbox, "SCRIPT", script)
    with pytest.raises(CannotRedraw, match="could not be drawn anew"):
        redraw(io.BytesIO(picture()), "jpeg")


def test_h13_nothing_in_the_sandbox_reaches_out(tmp_path):
    found = sandbox.bubblewrap()
    if found is None:  # nobody is left to believe that there are walls
        assert NO_SANDBOX in list(cautions())
        return
    secret = tmp_path / "secret"
    secret.write_text("x")
    listening = socket.create_server(("127.0.0.1", 0))  # whoever got out would reach it
    tries = {
        "reads": f"open({str(secret)!r})",
        "writes": f"open({str(tmp_path / 'new')!r}, 'w')",
        "writes to /usr": "open('/usr/x', 'w')",
        "connects": f"import socket; socket.create_connection(('127.0.0.1', {listening.getsockname()[1]}), 1)",
        "sees others": "import os, sys; sys.exit(len([p for p in os.listdir('/proc') if p.isdigit()]) > 3)",
        "nothing": "",
    }
    walls = sandbox._walls(found)
    ended = {
        what: subprocess.run([*walls, sys.executable, "-I", "-c", code], capture_output=True).returncode
        for what, code in tries.items()
    }
    listening.close()
    assert ended == {
        "reads": 1,
        "writes": 1,
        "writes to /usr": 1,
        "connects": 1,
        "sees others": 0,
        "nothing": 0,
    }
