from dataclasses import dataclass, field

from .lines import Path, lines_of
from .mistakes import Mistake, Mistakes


@dataclass(slots=True)
class Report:
    """Gathers every mistake of one source, so that its owner sees them all at once."""

    source: str
    root: dict[str, object]
    found: list[tuple[Path, str, str]] = field(default_factory=list)

    def add(self, path: Path, sentence: str, remedy: str) -> None:
        self.found.append((path, sentence, remedy))

    def close(self) -> None:
        """Raise Mistakes if there are any. Only then are the lines worth finding."""
        if not self.found:
            return
        lines = lines_of(self.source)
        mistakes = [
            Mistake(line=lines.of(path), where=self._where(path), sentence=sentence, remedy=remedy)
            for path, sentence, remedy in self.found
        ]
        raise Mistakes(tuple(sorted(mistakes, key=lambda mistake: mistake.line)))

    def _where(self, path: Path) -> str:
        """`categories.billing.title.fr`: an element of an array goes by its key, else by its rank."""
        words: list[str] = []
        here: object = self.root
        for part in path:
            here = _inside(here, part)
            key = here.get("key") if isinstance(part, int) and isinstance(here, dict) else None
            words.append(
                key if isinstance(key, str) and key else str(part + 1 if isinstance(part, int) else part)
            )
        return ".".join(word if word.isprintable() else ascii(word) for word in words)


def _inside(here: object, part: str | int) -> object:
    if isinstance(here, dict):
        return here.get(part)
    if isinstance(here, list) and isinstance(part, int):
        return here[part]
    return None
