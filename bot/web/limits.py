"""How often one may ask: so many a minute, with room for a short burst."""

from __future__ import annotations

import ipaddress
import math
import time
from collections import OrderedDict

MINUTE = 60.0
MAX_KEYS = 10_000  # those that were silent longest are forgotten, and start afresh


class Limit:
    """At most `rate` a minute for each key; what was not used adds up to one minute's worth."""

    def __init__(self, rate: int) -> None:
        self.rate = rate
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, key: str) -> int:
        """Count one request; 0 where it may go ahead, else the seconds after which one may."""
        now = time.monotonic()
        left, then = self._left.pop(key, (float(self.rate), now))
        left = min(float(self.rate), left + (now - then) * self.rate / MINUTE)
        allowed = left >= 1
        self._left[key] = (left - 1 if allowed else left, now)
        if len(self._left) > MAX_KEYS:
            self._left.popitem(last=False)
        return 0 if allowed else math.ceil((1 - left) * MINUTE / self.rate)


def network(address: str) -> str:
    """What an address is counted as: itself or, for IPv6, the /64 that one customer has."""
    try:
        parsed = ipaddress.ip_address(address.strip("[]"))
    except ValueError:
        return address
    if parsed.version == 4:
        return address
    return str(ipaddress.ip_network((int(parsed), 64), strict=False))
