"""Tell which addresses may be connected to: public ones, and those of hosts that the user has allowed by name."""

import ipaddress
import socket

from newsbook.diagnostics import InputError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

# RFC 6052, section 2.1: the last 32 bits of such an address are an IPv4 address.
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


def permitted(host: str, port: int, allowed: tuple[str, ...]) -> tuple[str, ...]:
    """Return the addresses of `host` that may be connected to, in the order in which the resolver gives them.

    Raises `InputError` where the name is not known. Raises it, too, where none of its addresses is public (private,
    loopback and link-local ones are not) and the name is not among `allowed`.
    """
    try:
        infos = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError) as error:
        raise InputError(f"the host {host} is not known; check the address, and that you are online.") from error
    addresses = tuple(dict.fromkeys(str(info[4][0]) for info in infos))
    if host.rstrip(".").lower() in {name.strip("[]").rstrip(".").lower() for name in allowed}:
        return addresses
    public = tuple(address for address in addresses if is_public(address))
    if not public:
        raise InputError(
            f"{host} has the address {addresses[0]}, which is not public; if you trust it, add --allow-host {host}."
        )
    return public


def is_public(address: str) -> bool:
    """Tell whether `address` is one of the public internet, whichever way it is written or wrapped.

    >>> [is_public(each) for each in ("93.184.215.14", "127.0.0.1", "::ffff:10.0.0.1", "169.254.169.254")]
    [True, False, False, False]
    """
    parsed = _unwrapped(ipaddress.ip_address(address.partition("%")[0]))
    return parsed.is_global and not parsed.is_multicast and not parsed.is_reserved


def _unwrapped(address: Address) -> Address:
    """Return the IPv4 address that an IPv6 address stands for, or the address itself."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1] or address
