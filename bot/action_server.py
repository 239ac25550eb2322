"""The action server: the conversations of `actions/`, listening on this machine only.

    python -m bot.action_server

`python -m bot run` starts it; it ends with the process that started it. `rasa run actions` would
listen on all addresses, and run an action that is not a coroutine on its event loop, where it
holds up all others; here such an action runs in a thread.
"""

from __future__ import annotations

import asyncio
import functools
import inspect
import logging
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from bot import child, settings

#: Answers at the same time. They compute nearly all the time: more threads than cores get in each
#: other's way; one more goes on while another waits for the database.
THREADS = (os.cpu_count() or 1) + 1
HOST = "127.0.0.1"


def main() -> None:
    """Serve until told to stop."""
    child.begin("actions")
    from rasa_sdk import endpoint

    logging.getLogger("rasa_sdk").setLevel(settings.LOG_LEVEL.get())
    endpoint.ActionExecutor = threaded_executor()
    warm_up()
    app = endpoint.create_app("actions", cors_origins="")
    app.register_listener(_bound_threads, "before_server_start")
    child.ready()
    app.config.GRACEFUL_SHUTDOWN_TIMEOUT = 3.0
    app.config.FALLBACK_ERROR_FORMAT = "json"
    app.run(host=HOST, port=settings.ACTION_PORT.get(), workers=1, access_log=False, motd=False)


def warm_up() -> None:
    """Read the search index and the decision rules, compile their patterns and choose a rule.

    The first answers then are as fast as the next.

    Raises:
        RuleError: when a rule does not fit the documents.
    """
    from policies_db.facts.saying import prepare
    from policies_db.ruling import rule_told, rules
    from policies_db.searching import searcher
    from policies_db.settings import today

    prepare(rules().values())
    question = "高级认证企业有哪些便利"
    rule_told(question, searcher().search(question).hits, today())


async def _bound_threads(app: Any, loop: asyncio.AbstractEventLoop) -> None:
    loop.set_default_executor(ThreadPoolExecutor(THREADS, thread_name_prefix="action"))


def threaded_executor() -> Any:
    """Class of an executor of the SDK that runs plain functions in threads."""
    from rasa_sdk.executor import ActionExecutor

    from policies_db.search.encoded import KEY, Encoded, given

    class ThreadedExecutor(ActionExecutor):
        """The SDK's executor, with a thread for each action that is not a coroutine."""

        def register_function(self, name: str, f: Callable[..., Any]) -> None:
            """Register an action under its name."""
            super().register_function(name, f)
            if not inspect.iscoroutinefunction(f):
                self.actions[name] = in_thread(f)

        async def run(self, action_call: dict[str, Any]) -> Any:
            """Run an action, which need not encode the message again where its vector came."""
            with given(Encoded.from_json(action_call.get(KEY))):
                return await super().run(action_call)

    return ThreadedExecutor


def in_thread(function: Callable[..., Any]) -> Callable[..., Any]:
    """`function` as a coroutine that runs it in a thread."""

    @functools.wraps(function)
    async def run(dispatcher: Any, tracker: Any, domain: Any) -> Any:
        return await asyncio.to_thread(function, dispatcher, tracker, domain)

    return run


if __name__ == "__main__":
    main()
