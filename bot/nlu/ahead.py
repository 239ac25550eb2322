"""Messages encoded ahead of their turn in Rasa's one event loop: together, and in a thread.

To encode a message takes longer than all else that the understanding does. Messages that come while
others are being encoded wait for each other and are encoded at once, which costs less than half of
what each would by itself; the event loop goes on meanwhile, since NumPy lets go of it.
"""

from __future__ import annotations

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor

from policies_db.search import Encoder
from policies_db.search.encoded import Encoded, latest
from policies_db.text import normalise

logger = logging.getLogger(__name__)

MOST = 32  # messages that are encoded at once


class Ahead:
    """Encodes the messages of one event loop; their vectors are left in `latest`."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="encode")
        self._waiting: dict[str, asyncio.Future[None]] = {}
        self._working: asyncio.Task[None] | None = None

    async def encode(self, text: str) -> None:
        """Wait until the vector of a message is there, or known not to be had this way."""
        plain = normalise(text)
        if not plain or latest.of(plain) is not None:
            return
        if plain not in self._waiting:
            self._waiting[plain] = asyncio.get_running_loop().create_future()
        done = self._waiting[plain]
        if self._working is None:
            self._working = asyncio.create_task(self._work())
        await asyncio.shield(done)

    async def _work(self) -> None:
        loop = asyncio.get_running_loop()
        try:
            while self._waiting:
                texts = list(self._waiting)[:MOST]
                try:
                    vectors = await loop.run_in_executor(self._thread, self._encoder.encode, texts)
                    for text, vector in zip(texts, vectors, strict=True):
                        latest.add(Encoded(self._encoder.name, text, vector))
                except Exception:  # the message itself meets the same error, and is told so
                    logger.exception("encoding ahead of %d messages", len(texts))
                for text in texts:
                    self._waiting.pop(text).set_result(None)
        finally:
            self._working = None
