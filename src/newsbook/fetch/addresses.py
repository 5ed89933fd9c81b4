"""Tell which addresses may be connected to: public ones, and those of hosts that the user has allowed by name."""

import ipaddress
import socket

from newsbook.diagnostics import InputError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

# The ports of http and https. A host that the user trusts may have other things behind others.
_WEB = frozenset({80, 443})

# RFC 6052, section 2.1: the last 32 bits of such an address are an IPv4 address.
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


def permitted(host: str, port: int, allowed: tuple[str, ...]) -> tuple[str, ...]:
    """Return the addresses of `host` that may be connected to, in the order in which the resolver gives them.

    Raises `InputError` where the name is not known. Raises it, too, where none of its addresses is public (private,
    loopback and link-local ones are not) and the name is not among `allowed`: as `NAME` for the ports of the web,
    `NAME:PORT`, or `NAME:*` for all.
    """
    try:
        infos = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError) as error:
        raise InputError(f"the host {host} is not known; check the address, and that you are online.") from error
    addresses = tuple(dict.fromkeys(str(info[4][0]) for info in infos))
    if any(_allows(name, host, port) for name in allowed):
        return addresses
    public = tuple(address for address in addresses if is_public(address))
    if not public:
        told = host if port in _WEB else f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        raise InputError(
            f"{host} has the address {addresses[0]}, which is not public; if you trust it, add --allow-host {told}."
        )
    return public


def _allows(said: str, host: str, port: int) -> bool:
    """Tell whether what the user said of a host means this one, at this port.

    >>> [_allows(said, "::1", 8080) for said in ("::1", "[::1]:8080", "[::1]:*", "::1:8080")]
    [False, True, True, False]
    """
    name, ports = (said, "") if said.count(":") > 1 and "]" not in said else _divided(said)
    is_open = port in _WEB if not ports else ports in {"*", str(port)}
    return is_open and name.strip("[]").rstrip(".").lower() == host.rstrip(".").lower()


def _divided(said: str) -> tuple[str, str]:
    """Return the name and the port of a host, the port empty where none is named."""
    name, _, port = said.rpartition(":")
    return (name, port) if name and not port.endswith("]") else (said, "")


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
