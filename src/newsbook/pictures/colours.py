"""Bring a picture's colours to eight bits of sRGB, which is what every screen, reader and press takes unasked."""

import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image, ImageCms

# The modes of Pillow that are fit as they are.
_FIT = frozenset({"1", "L", "LA", "P", "RGB", "RGBA"})
_WIDE = frozenset({"I", "I;16", "I;16L", "I;16B", "I;16N", "F"})

# Sixteen bits to eight; what is stored in 32 bits or as fractions is stretched from its darkest to its brightest.
_SIXTEEN = 65535


def in_srgb(image: "Image.Image") -> "Image.Image":
    """Return `image` in sRGB, without its profile. An image without a profile is taken for sRGB."""
    profile = image.info.pop("icc_profile", None)
    image = _in_eight_bits(image)
    if profile:
        image = _converted(image, profile)
    if image.mode in _FIT:
        return image
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def _converted(image: "Image.Image", profile: bytes) -> "Image.Image":
    """Return `image` as its profile says, or as it is where the profile is broken or of another kind."""
    from PIL import ImageCms

    if image.mode not in {"RGB", "RGBA", "CMYK", "L", "LAB"}:
        return image
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    try:
        own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if image.mode == "L" or _is_srgb(own):
            return image
        target = ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(image, own, target, outputMode=mode) or image
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return image


def _is_srgb(profile: "ImageCms.ImageCmsProfile") -> bool:
    return "sRGB" in (profile.profile.profile_description or "")


def _in_eight_bits(image: "Image.Image") -> "Image.Image":
    """Return grey of more than eight bits in eight. Pillow would cut it off at white."""
    if image.mode not in _WIDE:
        return image
    low, high = image.convert("I" if image.mode != "F" else "F").getextrema()
    low, high = (0, _SIXTEEN) if image.mode.startswith("I;16") else (_number(low), _number(high))
    scale = 255 / (high - low) if high > low else 0.0
    return image.convert("F").point(lambda value: value * scale - low * scale).convert("L")


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0
