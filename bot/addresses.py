"""Addresses as settings name them: hosts, networks, origins, paths. What cannot be one raises ValueError."""

import ipaddress
import re
from collections.abc import Iterable
from urllib.parse import urlsplit

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
_PATH = re.compile(r"(/[A-Za-z0-9._~-]+)+")
_ORIGIN = re.compile(r"https?://(\*\.)?[A-Za-z0-9.-]+(:\d{1,5})?|https?://\[[0-9A-Fa-f:]+\](:\d{1,5})?")


def networks(values: Iterable[str]) -> tuple[Network, ...]:
    """Single addresses, and networks as `10.1.0.0/16`. Raises ValueError naming the one that is neither."""
    found = []
    for value in values:
        try:
            found.append(ipaddress.ip_network(value))
        except ValueError as exc:
            raise ValueError(f"«{value}» không phải địa chỉ hay dải địa chỉ IP") from exc
    return tuple(found)


def is_within(address: str, listed: Iterable[Network]) -> bool:
    """Whether an address lies in one of the networks; what is no address does not."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return False
    mapped = getattr(parsed, "ipv4_mapped", None) or parsed
    return any(mapped in network for network in listed)


def is_loopback(host: str) -> bool:
    """Whether only this machine is reached by that name or address."""
    bare = host.strip("[]").lower().rstrip(".")
    return bare == "localhost" or is_within(bare, networks(["127.0.0.0/8", "::1"]))


def host_of(netloc: str) -> str:
    """The host without its port, in small letters; empty where there is none."""
    try:
        return urlsplit(f"//{netloc}").hostname or ""
    except ValueError:
        return ""


def root_path(value: str) -> str:
    """A path as `/tro-ly`, without a slash at its end; empty at the top. Raises ValueError."""
    path = value.strip().rstrip("/")
    if path and not _PATH.fullmatch(path):
        raise ValueError(f"«{value}» không phải đường dẫn dạng /tro-ly")
    return path


def origins(values: Iterable[str], *, subdomains: bool = False) -> tuple[str, ...]:
    """Origins as `https://cong.tinh.vn`, with subdomains also `https://*.tinh.vn`. Raises ValueError."""
    found = tuple(value.rstrip("/").lower() for value in values)
    for value in found:
        if not _ORIGIN.fullmatch(value) or ("*" in value and not subdomains):
            raise ValueError(f"«{value}» không phải nguồn dạng https://cong.tinh.vn")
    return found
