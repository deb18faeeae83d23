"""Pictures as they are kept: made anew from their pixels, so that nothing else of the file that was sent remains."""

from __future__ import annotations

import hashlib
import io
import warnings
from pathlib import Path
from typing import IO, NamedTuple

from django.conf import settings
from PIL import Image, ImageOps, UnidentifiedImageError

FORMATS = ("JPEG", "PNG", "WEBP")
MAX_BYTES = 12 * 1024 * 1024
MAX_PIXELS = 60_000_000
SMALLEST = 400  # pixels of the longer side; a smaller picture looks poor on any screen
SIZES = {"": 1600, "-card": 720}  # file name's end → the longer side
QUALITY = 84


class BadPicture(Exception):
    """What was sent is no picture that can be shown; ``reason`` is too_big, no_picture or too_small."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Kept(NamedTuple):
    """The name of a picture's files, and its size in pixels."""

    file: str
    width: int
    height: int


def keep(sent: IO[bytes], size: int) -> Kept:
    """Check a picture, turn it upright, and keep it in each size without what the camera noted; BadPicture."""
    if size > MAX_BYTES:
        raise BadPicture("too_big")
    picture = _upright(sent.read(MAX_BYTES + 1))
    if max(picture.size) < SMALLEST:
        raise BadPicture("too_small")
    made = {end: _smaller(picture, longest) for end, longest in SIZES.items()}
    name = hashlib.blake2b(_jpeg(made[""]), digest_size=16).hexdigest()
    folder = Path(settings.PHOTOS)
    folder.mkdir(parents=True, exist_ok=True)
    for end, each in made.items():
        (folder / f"{name}{end}.jpg").write_bytes(_jpeg(each))
    return Kept(name, *made[""].size)


def _upright(content: bytes) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(content), formats=FORMATS)
            if picture.width * picture.height > MAX_PIXELS:
                raise BadPicture("too_big")
            picture.load()
            return ImageOps.exif_transpose(picture).convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Warning, Image.DecompressionBombError) as error:
        raise BadPicture("no_picture") from error


def _smaller(picture: Image.Image, longest: int) -> Image.Image:
    """A new picture of the pixels alone: what the file said of place, camera and time does not come along."""
    small = Image.new("RGB", picture.size)
    small.paste(picture)
    small.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    return small


def _jpeg(picture: Image.Image) -> bytes:
    into = io.BytesIO()
    picture.save(into, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return into.getvalue()
