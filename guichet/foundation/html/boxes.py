"""The boxes that text is laid out in, each a list of lines once it is closed."""

_WIDEST_CELL = 40
_MOST_CELLS = 5_000  # of a table whose columns stand one below the other
# Deeper ones are not set off any further: a megabyte of lines a hundred levels down would become a hundred.
DEEPEST = 12


class Box:
    """Lines one below the other, with at most as much room between two as the greater of them asks for."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.words: list[str] = []
        self.room = 0
        self.is_new_line = True

    def say(self, words: str, *, verbatim: bool = False) -> None:
        if not verbatim and (not self.words or self.words[-1].endswith(" ")):
            words = words.lstrip(" ")
        if words:
            self._make_room()
            self.words.append(words)

    def end_line(self) -> None:
        """What <br> does."""
        self._make_room()
        self.lines.append("".join(self.words))
        self.words = []

    def part(self, room: int) -> None:
        """Begin a new line, `room` blank lines below."""
        if self.words:
            self.end_line()
        self.room = max(self.room, room)

    def take(self, lines: list[str]) -> None:
        self.part(0)
        if lines:
            self._make_room()
            self.lines += lines

    def closed(self) -> list[str]:
        self.part(0)
        return self.lines

    def _make_room(self) -> None:
        if self.lines and self.room and not self.words:
            self.lines += [""] * self.room
        self.room = 0


class Quoted(Box):
    def closed(self) -> list[str]:
        return [f">{line}" if line.startswith(">") else f"> {line}" for line in super().closed()]


class Marked(Box):
    """An item of a list: its mark, then its lines below each other."""

    def __init__(self, mark: str) -> None:
        super().__init__()
        self.mark = mark

    def closed(self) -> list[str]:
        blank = " " * len(self.mark)
        return [(blank if at else self.mark) + line for at, line in enumerate(super().closed() or [""])]


class Table(Box):
    """Rows of cells; where each is one line, in columns."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[list[str]]] = []

    def begin_row(self) -> None:
        self.rows.append([])

    def take_cell(self, lines: list[str]) -> None:
        if not self.rows:
            self.begin_row()
        self.rows[-1].append(lines)

    def closed(self) -> list[str]:
        lines = super().closed()
        rows = [row for row in self.rows if any(line.strip() for cell in row for line in cell)]
        widest = max(map(len, rows), default=0)
        if widest * len(rows) <= _MOST_CELLS and all(len(cell) <= 1 for row in rows for cell in row):
            return lines + _in_columns(rows, widest)
        for row in rows:
            if all(len(cell) <= 1 for cell in row):
                lines.append("  ".join(line for cell in row for line in cell if line.strip()))
            else:
                lines += [line for cell in row for line in cell]
        return lines


def _in_columns(rows: list[list[list[str]]], widest: int) -> list[str]:
    filled = [[" ".join(cell).strip() for cell in row] + [""] * (widest - len(row)) for row in rows]
    widths = [min(_WIDEST_CELL, max(map(len, column))) for column in zip(*filled, strict=True)]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True) if width).rstrip()
        for row in filled
    ]
