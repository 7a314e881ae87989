from functools import lru_cache
from importlib.resources import files
from zipfile import ZipFile


@lru_cache(maxsize=1)
def icon_names() -> frozenset[str]:
    """The names of the Lucide set, from which categories choose their icon."""
    with (files("lucide") / "lucide.zip").open("rb") as packed, ZipFile(packed) as icons:
        return frozenset(name.removesuffix(".svg") for name in icons.namelist())
