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

    insist_on_a_policy()
    serve(host, port)


def insist_on_a_policy() -> None:
    """Stop with a sentence where no page could name the vendor or a category."""
    from guichet.domain.policy import queries

    if queries.in_force() is None:
        raise click.ClickException(
            "Guichet does not know its rules yet. Write them down and apply them:\n"
            "  guichet policy export policy.toml\n"
            "  guichet policy apply policy.toml"
        )
