"""What an output is made of: finished files, which lie in the store."""

from msgspec import Struct


class Product(Struct, frozen=True):
    """A finished file in the store. `name` is its own where the target is a folder; empty where it is the target."""

    sha256: str
    name: str = ""
