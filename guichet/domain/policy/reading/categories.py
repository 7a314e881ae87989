from ..document import CategoryRules, Choice, FieldKind, GuidedField
from .icons import icon_names
from .tables import Table, nearest

_LONGEST_TEXT = 5000  # what a description may hold at most
# The form has fields of its own by these names, and mistakes are told by name.
_OWN = {"category", "organisation", "subject", "description", "attachments"}


def categories_in(table: Table, languages: tuple[str, ...]) -> tuple[CategoryRules, ...]:
    taken: set[str] = set()
    categories = tuple(_category(each, languages, taken) for each in table.tables("categories"))
    if not table.values.get("categories"):
        remedy = "Add at least one, under [[categories]], with a key, a title and when to use it."
        table.mistake("categories", "There are no categories: nobody could ask anything.", remedy)
    return categories


def _category(table: Table, languages: tuple[str, ...], taken: set[str]) -> CategoryRules:
    usual = CategoryRules(key="", title={}, when={})
    category = CategoryRules(
        key=table.key(taken, "category"),
        title=table.texts("title", languages, longest=80),
        when=table.texts("when", languages, longest=300),
        tips=table.lists("tips", languages, longest=300),
        icon=_icon(table, usual.icon),
        min_length=table.number("min_length", usual.min_length, least=1, most=_LONGEST_TEXT),
        max_length=table.number("max_length", usual.max_length, least=1, most=_LONGEST_TEXT),
        fields=_fields(table, languages),
    )
    if category.min_length > category.max_length:
        sentence = f"The least, {category.min_length}, is more than the most, {category.max_length}."
        table.mistake("min_length", sentence, "Exchange them.")
    table.done()
    return category


def _icon(table: Table, usual: str) -> str:
    icon = table.text("icon", usual, longest=60)
    if icon != usual and icon not in icon_names():
        remedy = nearest(icon, icon_names()) or "Choose one from https://lucide.dev/icons."
        table.mistake("icon", f"There is no icon called {icon[:60]!r}.", remedy)
    return icon


def _fields(table: Table, languages: tuple[str, ...]) -> tuple[GuidedField, ...]:
    taken = set(_OWN)
    return tuple(_field(each, languages, taken) for each in table.tables("fields"))


def _field(table: Table, languages: tuple[str, ...], taken: set[str]) -> GuidedField:
    field = GuidedField(
        key=table.key(taken, "field"),
        kind=_kind(table),
        label=table.texts("label", languages, longest=120),
        hint=table.texts("hint", languages, longest=300, required=False),
        required=table.flag("required"),
        max_length=table.number("max_length", 500, least=1, most=_LONGEST_TEXT),
        choices=_choices(table, languages),
    )
    if field.kind is FieldKind.CHOICE and not table.values.get("choices"):
        table.mistake("kind", "There is nothing to choose from.", "Add choices = [{ key = …, label = … }].")
    if field.kind is not FieldKind.CHOICE and field.choices:
        table.mistake(
            "choices", f'A "{field.kind}" has no choices.', 'Write kind = "choice", or remove them.'
        )
    table.done()
    return field


def _kind(table: Table) -> FieldKind:
    kind = table.text("kind", None, longest=20)
    if kind in tuple(FieldKind):
        return FieldKind(kind)
    if kind:
        kinds = ", ".join(f'"{each}"' for each in FieldKind)
        table.mistake("kind", f"There is no field of kind {kind[:20]!r}.", f"Choose among {kinds}.")
    return FieldKind.LINE


def _choices(table: Table, languages: tuple[str, ...]) -> tuple[Choice, ...]:
    taken: set[str] = set()
    return tuple(_choice(each, languages, taken) for each in table.tables("choices"))


def _choice(table: Table, languages: tuple[str, ...], taken: set[str]) -> Choice:
    choice = Choice(key=table.key(taken, "choice"), label=table.texts("label", languages, longest=120))
    table.done()
    return choice
