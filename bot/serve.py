"""The assistant itself: Rasa with its model, listening on its channels.

    python -m bot.serve MODEL ENDPOINTS CREDENTIALS

`python -m bot run` starts it; it ends with the process that started it.
"""

from __future__ import annotations

import logging
import os
import sys
from functools import partial
from typing import Any

from bot import child, performance, settings

MAX_BODY = 1_000_000  # bytes of a request
START_TIMEOUT = 120  # seconds that the action server has to start
RESPONSE_TIMEOUT = 120  # seconds; actions have a shorter one of their own

logger = logging.getLogger(__name__)


def main(model: str, endpoints_file: str, credentials_file: str) -> None:
    """Serve until told to stop; exit code 1 when the model cannot be loaded."""
    child.begin("assistant")
    patched = settings.PATCHES.get()
    if patched:
        config = (settings.ROOT / "config.yml").read_text(encoding="utf-8")
        if not performance.needs_tensorflow(config):
            performance.without_tensorflow()
    _serve(model, endpoints_file, credentials_file, patched)


def _serve(model: str, endpoints_file: str, credentials_file: str, patched: bool) -> None:
    import rasa.core.run
    import rasa.utils.common
    from rasa.core.utils import AvailableEndpoints
    from rasa.utils.log_utils import configure_structlog

    from bot.action_endpoint import ActionEndpoint

    level = logging.getLevelName(settings.LOG_LEVEL.get())
    configure_structlog(level)
    rasa.utils.common.configure_logging_and_warnings(
        level, None, warn_only_once=True, filter_repeated_logs=True
    )
    if patched:
        performance.apply()
    endpoints = AvailableEndpoints.read_endpoints(endpoints_file)
    action = ActionEndpoint.of(endpoints.action, settings.ACTION_TIMEOUT.get(), whole=not patched)
    endpoints.action = action
    app = rasa.core.run.configure_app(
        rasa.core.run.create_http_input_channels(None, credentials_file),
        cors=None,
        enable_api=False,
        endpoints=endpoints,
        port=settings.PORT.get(),
    )
    harden(app)
    app.register_listener(
        partial(rasa.core.run.load_agent_on_start, model, endpoints, None), "before_server_start"
    )
    app.register_listener(_stop_without_model, "before_server_start")

    async def wait_for_actions(app: Any, loop: Any) -> None:
        await action.wait(START_TIMEOUT)
        child.ready()

    # nobody is let in, and nothing is taken up after a restart, before there are answers
    app.register_listener(wait_for_actions, "before_server_start")

    async def close(app: Any, loop: Any) -> None:
        await action.close()

    app.register_listener(close, "after_server_stop")
    app.register_listener(rasa.core.run.close_resources, "after_server_stop")
    app.run(
        host=settings.HOST.get(), port=settings.PORT.get(), workers=1, access_log=False, motd=False
    )


def harden(app: Any) -> None:
    """Bounds on requests, and errors as JSON, which echo nothing that a browser would run."""
    app.config.REQUEST_MAX_SIZE = MAX_BODY
    app.config.RESPONSE_TIMEOUT = RESPONSE_TIMEOUT
    app.config.GRACEFUL_SHUTDOWN_TIMEOUT = 3.0
    app.config.FALLBACK_ERROR_FORMAT = "json"


async def _stop_without_model(app: Any, loop: Any) -> None:
    """Rasa goes on without a model and says nothing; we stop."""
    if not app.ctx.agent.is_ready():
        logger.error("the model could not be loaded")
        logging.shutdown()
        os._exit(1)


if __name__ == "__main__":
    main(*sys.argv[1:])
