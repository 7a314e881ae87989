"""What Django makes of the rows of a query, prepared once.

Its own iterables look at every column anew each time: for a request with the people around it, 45 columns,
that takes longer than asking the database.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models.query import get_related_populators
from django.db.models.sql.compiler import SQLCompiler

Rows = Iterable[Any]
Reader = Callable[[Rows], Iterable[Any]]


def reader_of(compiler: SQLCompiler) -> Reader:
    """From what a cursor fetched to models, or to the tuples of `values_list`; `compiler` wrote the query."""
    converters = compiler.get_converters([column for column, *_ in compiler.select])

    def converted(rows: Rows) -> Rows:
        return compiler.apply_converters(rows, converters) if converters else rows

    if compiler.klass_info and compiler.query.default_cols:
        build = _builder(compiler, compiler.klass_info)
        return lambda rows: map(build, converted(rows))
    return lambda rows: map(tuple, converted(rows))


def _builder(compiler: SQLCompiler, shape: dict[str, Any]) -> Callable[[Any], Any]:
    """What makes a model of a row, with those around it that `select_related` named."""
    model, fields, alias = shape["model"], shape["select_fields"], compiler.connection.alias
    own = slice(fields[0], fields[-1] + 1)
    names = [column.target.attname for column, *_ in compiler.select[own]]
    related = get_related_populators(shape, compiler.select, alias)  # type: ignore[call-arg]  # stubs of Django 6
    annotations = tuple((compiler.annotation_col_map or {}).items())

    def build(row: Any) -> Any:
        made = model.from_db(alias, names, row[own])
        for one in related:
            one.populate(row, made)
        for name, position in annotations:
            setattr(made, name, row[position])
        return made

    return build
