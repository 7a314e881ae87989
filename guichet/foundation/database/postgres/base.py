"""PostgreSQL as Guichet asks it."""

from select import POLLIN, poll

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    """Believes in a connection on which nothing has come since the last answer."""

    def is_usable(self) -> bool:
        """Whether the server is still there. One that went away has closed the line, which can be seen on it.

        Django asks the server before each page, and that costs as much as one of the page's own questions.
        """
        if self.connection is None or self.connection.closed:
            return False
        line = poll()
        line.register(self.connection.fileno(), POLLIN)
        return not line.poll(0) or bool(super().is_usable())
