"""Logs: JSON in production, readable lines elsewhere; every line of a request carries its id."""

import logging.config
import secrets
import time
from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponseBase
from structlog.typing import Processor

LONGEST_PATH = 200  # characters; ours are shorter

log = structlog.get_logger("guichet.request")


def logging_config(*, readable: bool) -> None:
    """Send everything, ours and the libraries', through structlog to standard error."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    last: list[Processor] = [structlog.stdlib.ProcessorFormatter.remove_processors_meta]
    if readable:
        last += [
            structlog.dev.ConsoleRenderer(
                colors=False,
                # The prettier tracebacks show local variables, and with them what people wrote.
                exception_formatter=structlog.dev.plain_traceback,
            )
        ]
    else:
        last += [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=False)]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    formatter = {"()": structlog.stdlib.ProcessorFormatter, "foreign_pre_chain": shared, "processors": last}
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {"lines": formatter},
            "handlers": {"lines": {"class": "logging.StreamHandler", "formatter": "lines"}},
            "root": {"handlers": ["lines"], "level": "INFO"},
            "loggers": {
                # Refused, missing and forbidden pages are already in our own line for the request.
                "django.request": {"level": "ERROR"},
                # So is what any scanner of the internet can make up: a traceback each would fill the disk.
                "django.security": {"level": "CRITICAL"},
                "django.security.csrf": {"level": "WARNING"},
                "uvicorn.access": {"level": "WARNING"},
                "mail.log": {"level": "WARNING"},  # aiosmtpd, which tells of every line
            },
        }
    )


class RequestLog:
    """Give each request an id, its log lines too, and write one line when it is answered."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        started = time.perf_counter()
        # Always our own: an id typed by the client could imitate another's.
        request_id = secrets.token_hex(8)
        with structlog.contextvars.bound_contextvars(request=request_id):
            response = self.get_response(request)
            response["X-Request-ID"] = request_id
            log.info(
                "answered",
                method=request.method,
                path=request.path[:LONGEST_PATH],
                status=response.status_code,
                ms=round((time.perf_counter() - started) * 1000, 1),
            )
        return response
