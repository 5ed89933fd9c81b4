"""Sign a manifest, and check a signature: Ed25519 (RFC 8032), with keys as OpenSSL and OpenSSH write them.

The signature is the bare 64 bytes, so that `openssl pkeyutl -verify -rawin` checks it, too.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from newsbook.diagnostics import DependencyError, UsageError, extra

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

LENGTH = 64

_HINT = "make one with ssh-keygen -t ed25519, or openssl genpkey -algorithm ed25519"


def signer(key: bytes, name: str) -> Callable[[bytes], bytes]:
    """Return what signs with a private key, which is PEM or OpenSSH's. Raises `UsageError` for any other key."""
    private = _private(key, name)

    def sign(message: bytes) -> bytes:
        return bytes(private.sign(message))

    return sign


def known_key() -> bytes:
    """Return a private key that everybody knows, in PEM, for a signature that is to be compared with nothing."""
    _demand_library()
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    key = Ed25519PrivateKey.from_private_bytes(bytes(32))
    return bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))


def is_signed(message: bytes, signature: bytes, key: bytes, name: str) -> bool:
    """Tell whether a signature is that of a message by a public key, in PEM or OpenSSH's form."""
    from cryptography.exceptions import InvalidSignature

    public = _public(key, name)
    try:
        public.verify(signature, message)
    except InvalidSignature:
        return False
    return True


def _private(key: bytes, name: str) -> "Ed25519PrivateKey":
    _demand_library()
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_ssh_private_key

    load = load_ssh_private_key if b"OPENSSH PRIVATE KEY" in key else load_pem_private_key
    try:
        private = load(key, None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise UsageError(f"the key {name} cannot be used: {error}; {_HINT}, without a passphrase.") from error
    if not isinstance(private, Ed25519PrivateKey):
        raise UsageError(f"the key {name} is not of Ed25519; {_HINT}.")
    return private


def _public(key: bytes, name: str) -> "Ed25519PublicKey":
    _demand_library()
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import load_pem_public_key, load_ssh_public_key

    load = load_ssh_public_key if key.lstrip().startswith(b"ssh-") else load_pem_public_key
    try:
        public = load(key)
    except (ValueError, UnsupportedAlgorithm) as error:
        raise UsageError(f"the key {name} cannot be used: {error}; name a public key of Ed25519.") from error
    if not isinstance(public, Ed25519PublicKey):
        raise UsageError(f"the key {name} is not of Ed25519.")
    return public


def _demand_library() -> None:
    try:
        import cryptography  # noqa: F401
    except ImportError as error:
        raise DependencyError(f"signing needs the package cryptography: {extra('sign')}.") from error
