"""Pages and live news alone."""

import click


@click.command(epilog="\b\nExample: guichet web --host 0.0.0.0 --port 8080")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, help="Port to listen on.")
def command(*, host: str, port: int) -> None:
    """Run pages and live news only; `guichet worker` does the rest, elsewhere.

    With more than one process, set REDIS_URL so that live news reaches all of them.
    """
    from guichet.project.server import serve

    serve(host, port)
