"""Database work of the consumers, on a small pool of threads of its own.

Channels hops through one shared thread before every dispatch, so one slow query there stalls every socket.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import ParamSpec, TypeVar

from django.db import close_old_connections

THREADS = 8
P = ParamSpec("P")
T = TypeVar("T")

_executor = ThreadPoolExecutor(THREADS, thread_name_prefix="database")


def _with_fresh_connections(work: Callable[[], T]) -> T:
    close_old_connections()
    try:
        return work()
    finally:
        close_old_connections()


async def run(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run blocking work that may use the database, away from the event loop."""
    work = partial(function, *args, **kwargs)
    return await asyncio.get_running_loop().run_in_executor(_executor, _with_fresh_connections, work)
