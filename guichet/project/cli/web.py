"""Pages and live news alone."""

import click

PORT = click.IntRange(1, 2**16 - 1)


@click.command(epilog="\b\nExample: guichet web --host 0.0.0.0 --port 8080")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=PORT, default=8000, show_default=True, help="Port to listen on.")
def command(*, host: str, port: int) -> None:
    """Run pages and live news only; `guichet worker` does the rest, elsewhere.

    With more than one process, set REDIS_URL so that live news reaches all of them.
    """
    from guichet.project.server import serve

    insist_on_readiness()
    serve(host, port)


def insist_on_readiness() -> None:
    """Stop with a sentence where nothing could work: the database has another shape than this code expects,
    or no page and no mail could name the vendor.
    """
    from guichet.domain.policy import queries
    from guichet.project.health import unapplied_migrations

    if missing := unapplied_migrations():
        raise click.ClickException(
            f"The database is not up to date: {missing} migrations are not applied. Run `guichet migrate`."
        )
    if queries.in_force() is None:
        raise click.ClickException(
            "Guichet does not know its rules yet. Write them down and apply them:\n"
            "  guichet policy export policy.toml\n"
            "  guichet policy apply policy.toml"
        )
