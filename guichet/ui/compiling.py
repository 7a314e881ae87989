"""How templates become code: what is the same on all pages of a language is put in when they are compiled.

A page of the desk says a hundred sentences and draws fifty icons, always the same. Asked for one by one they
were an eighth of its cost; in the code of the template they are part of the text around them.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache
from types import FunctionType, MethodType
from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context, Macro
from jinja2.visitor import NodeTransformer
from markupsafe import Markup


class Settling(NodeTransformer):
    """Puts what `functions` give for constants, `_("Send")` or `icon("send")`, in the place of the call."""

    def __init__(self, template: nodes.Template, functions: Mapping[str, Callable[..., str]]) -> None:
        # Where a template has something else by one of these names, it means that.
        own = {name.name for name in template.find_all(nodes.Name) if name.ctx != "load"}
        self.functions = {name: function for name, function in functions.items() if name not in own}

    def visit_Call(self, call: nodes.Call) -> nodes.Node:  # noqa: N802  Jinja's name for it
        self.generic_visit(call)
        function = self.functions.get(call.node.name) if isinstance(call.node, nodes.Name) else None
        if function is None or call.kwargs or call.dyn_args or call.dyn_kwargs:
            return call
        if not all(isinstance(argument, nodes.Const) for argument in call.args):
            return call
        said = function(*(argument.as_const() for argument in call.args))
        kind = nodes.TemplateData if isinstance(said, Markup) else nodes.Const
        return kind(said, lineno=call.lineno)

    def visit_CondExpr(self, choice: nodes.CondExpr) -> nodes.Node:  # noqa: N802  Jinja's name for it
        """`"x" if y` is nothing otherwise: Jinja would make an object that explains why."""
        self.generic_visit(choice)
        choice.expr2 = choice.expr2 or nodes.Const("")
        return choice


class Generator(CodeGenerator):
    """Writes code that escapes only what is not markup yet: most of a page comes out of components."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if _escapes(frame):
            self.write("(said if type(said := ")
        else:
            super()._output_child_pre(node, frame, finalize)

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if _escapes(frame):
            self.write(") is Markup else escape(said))")
        else:
            super()._output_child_post(node, frame, finalize)


def _escapes(frame: Frame) -> bool:
    return bool(frame.eval_ctx.autoescape) and not frame.eval_ctx.volatile


class DirectContext(Context):
    """Calls at once what does not ask for the context: Jinja looks for that twice, 300 times a page."""

    def call(self, called: Callable[..., Any], /, *args: Any, **named: Any) -> Any:
        if type(called) not in _PLAIN or hasattr(called, "jinja_pass_arg"):
            return super().call(called, *args, **named)
        named.pop("_loop_vars", None)
        named.pop("_block_vars", None)
        return called(*args, **named)


_PLAIN = frozenset({FunctionType, MethodType, Macro, type(lru_cache(len))})
