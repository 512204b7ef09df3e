"""Draws a picture anew: run as a script of its own in the sandbox, never imported. Pixels pass, and nothing else (H14).

Reads a picture from stdin. Writes a line of JSON, `{"carries": [...], "sizes": [n, m]}`, then the copy of n bytes and
the thumbnail of m bytes; or `{"fails": "..."}` with a sentence. Anything but such a line means that it was stopped.
"""

from __future__ import annotations

import io
import json
import resource
import sys
import warnings

from PIL import Image, ImageOps

MOST_PIXELS = 64_000_000
THUMBNAIL = (320, 320)  # pixels, at most
LIMITS = {
    resource.RLIMIT_AS: 1024**3,
    resource.RLIMIT_CPU: 20,  # seconds
    resource.RLIMIT_FSIZE: 128 * 1024**2,
    resource.RLIMIT_NOFILE: 32,
    resource.RLIMIT_CORE: 0,
}
GPS, MAKE, MODEL, TAKEN, ARTIST, COPYRIGHT, DETAILS, TAKEN_IN_DETAILS = 34853, 271, 272, 306, 315, 33432, 34665, 36867


def main(format_: str) -> None:
    for what, most in LIMITS.items():
        resource.setrlimit(what, (most, most))
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        told, *copies = _redrawn(format_)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError, MemoryError):
        told, copies = {"fails": f"The picture has more than {MOST_PIXELS // 1_000_000} million points."}, []
    except Exception:  # noqa: BLE001 - whatever a decoder trips over, the picture cannot be read
        told, copies = {"fails": "The picture cannot be read: it may be cut off or damaged."}, []
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n")
    for copy in copies:
        sys.stdout.buffer.write(copy)


def _redrawn(format_: str) -> tuple[dict[str, object], bytes, bytes]:
    with Image.open(sys.stdin.buffer, formats=[format_]) as original:
        if original.width * original.height > MOST_PIXELS:
            raise Image.DecompressionBombError
        carries = sorted(_carried(original))
        upright = ImageOps.exif_transpose(original)
        plain = _pixels_only(upright)
    lossless = format_ in ("PNG", "GIF")
    shared = _saved(plain, lossless=lossless)
    plain.thumbnail(THUMBNAIL)
    small = _saved(plain, lossless=lossless)
    return {"carries": carries, "sizes": [len(shared), len(small)]}, shared, small


def _pixels_only(picture: Image.Image) -> Image.Image:
    """The picture on white, as a new one: what was attached to the old one stays with it."""
    fresh = Image.new("RGB", picture.size, "white")
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        layer = picture.convert("RGBA")
        fresh.paste(layer, mask=layer.getchannel("A"))
    else:
        fresh.paste(picture.convert("RGB"))
    return fresh


def _saved(picture: Image.Image, *, lossless: bool) -> bytes:
    out = io.BytesIO()
    if lossless:
        picture.save(out, "PNG")
    else:
        picture.save(out, "JPEG", quality=90)
    return out.getvalue()


def _carried(picture: Image.Image) -> set[str]:
    """What the file says beside what it shows, as words for whoever uploaded it."""
    exif = picture.getexif()
    more = exif.get_ifd(DETAILS)
    asked = {
        "place": GPS in exif,
        "device": MAKE in exif or MODEL in exif,
        "time": TAKEN in exif or TAKEN_IN_DETAILS in more,
        "author": ARTIST in exif or COPYRIGHT in exif,
        "notes": any(isinstance(key, str) and key.lower() in ("xmp", "comment") for key in picture.info),
    }
    return {what for what, is_there in asked.items() if is_there}


if __name__ == "__main__":
    main(sys.argv[1])
