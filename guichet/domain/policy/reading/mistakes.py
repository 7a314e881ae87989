from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """One thing to put right in a policy file: its line (from 1), where it is, what is wrong, what to do."""

    line: int
    where: str
    sentence: str
    remedy: str

    def __str__(self) -> str:
        where = f"{self.where}: " if self.where else ""
        return f"line {self.line}: {where}{self.sentence} {self.remedy}"


class Mistakes(Exception):
    """Everything that is wrong with a policy file, in the order of its lines."""

    def __init__(self, mistakes: tuple[Mistake, ...]) -> None:
        super().__init__("\n".join(map(str, mistakes)))
        self.mistakes = mistakes
