"""Batch slow work: items that arrive while one batch runs form the next batch.

All waiting drafts then share one fsync, and all waiting submissions one hold of the store's lock.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Generic, TypeVar

Item = TypeVar("Item")
Done = TypeVar("Done")


class Batches(Generic[Item, Done]):
    """A queue in front of a function that takes many items and returns a result for each."""

    def __init__(self, work: Callable[[Sequence[Item]], Sequence[Done]], pause: float = 0) -> None:
        """``pause`` seconds pass between two batches, so that others can take the same lock."""
        self._work = work
        self._pause = pause
        self._thread = ThreadPoolExecutor(max_workers=1)
        self._waiting: list[tuple[Item, asyncio.Future[Done]]] = []
        self._running: asyncio.Task[None] | None = None

    async def put(self, item: Item) -> Done:
        """Return the result of an item, once its batch has run; raises the error of the batch."""
        future: asyncio.Future[Done] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, future))
        if self._running is None:
            self._running = asyncio.create_task(self._run())
        return await future

    async def _run(self) -> None:
        loop = asyncio.get_running_loop()
        while self._waiting:
            batch, self._waiting = self._waiting, []
            try:
                items = [item for item, _ in batch]
                results = await loop.run_in_executor(self._thread, self._work, items)
            except Exception as error:
                for _, future in batch:
                    if not future.done():
                        future.set_exception(error)
            else:
                for (_, future), result in zip(batch, results, strict=True):
                    if not future.done():  # a request whose connection was closed no longer waits
                        future.set_result(result)
            if self._pause:
                await asyncio.sleep(self._pause)
        self._running = None
