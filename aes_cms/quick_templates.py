"""Django's templates, shown in a third of the time: the same files, the same pages to the letter.

Django asks at each showing what was settled when the template was read: which template an include
names, which block another one replaces, whether a value is to be looked for in a dictionary or in
an object. Here each node becomes, once, a function that knows. It knows the usual cases alone;
where it does not, it raises ``UnsureError``, and Django's own node shows itself.
"""

from collections.abc import Callable
from copy import copy
from functools import lru_cache
from html import escape
from operator import contains, eq, ge, gt, is_, is_not, le, lt, ne

from django.contrib.staticfiles.storage import STATICFILES_STORAGE_ALIAS
from django.core.files.storage import storages
from django.template.base import (
    Node,
    NodeList,
    TextNode,
    VariableNode,
    render_value_in_context,
)
from django.template.defaulttags import (
    CommentNode,
    ForNode,
    IfNode,
    LoadNode,
    URLNode,
    WithNode,
)
from django.template.library import SimpleNode
from django.template.loader_tags import BlockNode, ExtendsNode, IncludeNode
from django.template.loaders import cached, filesystem
from django.templatetags.static import StaticNode
from django.utils.html import conditional_escape
from django.utils.safestring import SafeData, SafeString, mark_safe

from prefectures.models.addresses import address


class Loader(cached.Loader):
    """Django's cached loader; the templates of public pages show themselves quickly."""

    def get_template(self, template_name, skip=None):
        template = super().get_template(template_name, skip)
        if _is_public(template) and not isinstance(template.nodelist, QuickNodeList):
            template.nodelist = QuickNodeList(template)
        return template


def _is_public(template):
    """Whether it is one of ours, and not of the admin, which stand on templates of others."""
    return isinstance(template.origin.loader, filesystem.Loader) and not template.name.startswith(
        "admin/"
    )


class UnsureError(Exception):
    """What is asked is not usual: Django knows what to do, or what to complain of."""


class QuickNodeList(NodeList):
    """The nodes of a template, as Django has them; ``render`` is what differs."""

    def __init__(self, template):
        super().__init__(template.nodelist)
        self.engine = template.engine
        self._show = None

    def render(self, context):
        if not context.autoescape:
            return super().render(context)
        if self._show is None:
            self._show = _whole(self, self.engine)
        return _shown(self._show, context)


class _Part(NodeList):
    """Nodes inside another one that is shown by Django."""

    def __init__(self, nodes, show):
        super().__init__(nodes)
        self._show = show

    def render(self, context):
        return _shown(self._show, context) if context.autoescape else super().render(context)


def _shown(show, context):
    pieces, frames = [], context.dicts
    frames.append(context.flatten())
    show(context, pieces.append)
    frames.pop()
    return SafeString("".join(pieces))


# --- Nodes ------------------------------------------------------------------------------------
#
# What shows a node takes the context and where its pieces go. Values are asked for before the first
# piece goes, so that Django can begin anew. A new frame of the context holds all names, those of
# the frame below too: each is found at once.


class _Reader:
    """Reads nodes, in templates of ``engine``; ``blocks`` are those that replace a parent's."""

    def __init__(self, engine, blocks):
        self.engine, self.blocks = engine, blocks

    def all(self, nodes):
        """Return what shows ``nodes``, one after the other."""
        pieces = []
        for piece in self.pieces(nodes):
            if pieces and isinstance(piece, str) and isinstance(pieces[-1], str):
                pieces[-1] += piece
            else:
                pieces.append(piece)

        def show_all(context, put):
            for piece in pieces:
                if type(piece) is str:
                    put(piece)
                else:
                    piece(context, put)

        return show_all

    def pieces(self, nodes):
        """Yield the texts of ``nodes``, and what shows the others."""
        for node in nodes:
            if isinstance(node, TextNode):
                yield node.s
            elif isinstance(node, IncludeNode) and not node.extra_context:
                yield from self.included(node)
            elif not isinstance(node, LoadNode | CommentNode):
                yield self.one(node)

    def one(self, node):
        try:
            return self.KNOWN.get(type(node), _Reader.by_django)(self, node)
        except UnsureError:
            return self.by_django(node)

    def by_django(self, node):
        node = copy(node)
        for name in node.child_nodelists:
            nodes = getattr(node, name, None)
            if nodes:
                setattr(node, name, _Part(nodes, self.all(nodes)))

        def show_node(context, put):
            put(node.render_annotated(context))

        return show_node

    def variable(self, node):
        value_of = _value(node.filter_expression)

        def show_variable(context, put):
            try:
                value = value_of(context)
            except UnsureError:
                put(node.render_annotated(context))
                return
            kind = type(value)
            if kind is str:
                put(escape(value))
            elif kind is SafeString:
                put(value)
            else:
                put(render_value_in_context(value, context))

        return show_variable

    def condition(self, node):
        branches = [
            (_condition(condition) if condition else _always(True), self.all(nodes))
            for condition, nodes in node.conditions_nodelists
        ]

        def show_one(context, put):
            try:
                show = next((show for holds, show in branches if holds(context)), None)
            except UnsureError:
                put(node.render_annotated(context))
                return
            if show is not None:
                show(context, put)

        return show_one

    def loop(self, node):
        items_of = _value(node.sequence, or_none=True)
        show, show_none = self.all(node.nodelist_loop), self.all(node.nodelist_empty)
        names = node.loopvars
        (name, *others), count = names, len(names)
        if node.is_reversed:
            raise UnsureError

        def show_each(context, put):
            frames = context.dicts
            try:
                items = items_of(context)
                items = [] if items is None else [*items]
                if others and any(len(item) != count for item in items):
                    raise UnsureError
            except (UnsureError, TypeError):
                put(node.render_annotated(context))
                return
            if not items:
                show_none(context, put)
                return
            total = len(items)
            loop = {"parentloop": frames[-1].get("forloop", {})}
            own = {**frames[-1], "forloop": loop}
            frames.append(own)
            for at, item in enumerate(items):
                loop["counter0"], loop["counter"] = at, at + 1
                loop["revcounter"], loop["revcounter0"] = total - at, total - at - 1
                loop["first"], loop["last"] = at == 0, at == total - 1
                if others:
                    frames.append(own | dict(zip(names, item, strict=True)))
                    show(context, put)
                    frames.pop()
                else:
                    own[name] = item
                    show(context, put)
            frames.pop()

        return show_each

    def with_names(self, node):
        values_of, show = _values(node.extra_context), self.all(node.nodelist)
        return _shown_with(node, values_of, show)

    def include(self, node):
        values_of = _values(node.extra_context)
        return _shown_with(node, values_of, _Reader(self.engine, {}).all(self.template(node)))

    def included(self, node):
        """Yield the pieces of a template that is included as it is."""
        try:
            nodes = self.template(node)
        except UnsureError:
            yield self.by_django(node)
            return
        reader = _Reader(self.engine, {})
        if _gives_names(nodes):
            yield _in_a_frame(reader.all(nodes))
        else:
            yield from reader.pieces(nodes)

    def template(self, node):
        """Return the nodes of the template that ``node`` includes."""
        named = node.template
        if node.isolated_context or named.is_var or named.filters or named.var.startswith("."):
            raise UnsureError
        nodes = self.engine.get_template(named.var).nodelist
        if nodes.get_nodes_by_type((BlockNode, ExtendsNode)):
            raise UnsureError
        return nodes

    def block(self, node):
        show = self.all(self.blocks.get(node.name, node).nodelist)

        return _in_a_frame(show)

    def page_address(self, node):
        if node.asvar or node.kwargs or node.view_name.is_var or node.view_name.filters:
            raise UnsureError
        name, asked = str(node.view_name.var), [_value(slug) for slug in node.args]
        if ":" in name:
            raise UnsureError

        def show_address(context, put):
            try:
                slugs = [value_of(context) for value_of in asked]
                if any(type(slug) is not str for slug in slugs):
                    raise UnsureError
            except UnsureError:
                put(node.render_annotated(context))
                return
            put(escape(address(name, *slugs)))

        return show_address

    def file_address(self, node):
        if node.varname or node.path.is_var or node.path.filters:
            raise UnsureError
        path = node.path.var

        def show_address(context, put):
            put(_file_address(storages[STATICFILES_STORAGE_ALIAS], path))

        return show_address

    def simple(self, node):
        asked = [_value(expression) for expression in node.args]
        if (
            node.kwargs
            or type(node).get_resolved_arguments is not SimpleNode.get_resolved_arguments
        ):
            raise UnsureError
        function, target, takes_context = node.func, node.target_var, node.takes_context

        def show_answer(context, put):
            try:
                values = [value_of(context) for value_of in asked]
            except UnsureError:
                put(node.render_annotated(context))
                return
            answer = function(context, *values) if takes_context else function(*values)
            if target is None:
                put(conditional_escape(answer))
            else:
                context.dicts[-1][target] = answer

        return show_answer

    KNOWN: dict[type, Callable] = {
        VariableNode: variable,
        IfNode: condition,
        ForNode: loop,
        WithNode: with_names,
        IncludeNode: include,
        BlockNode: block,
        URLNode: page_address,
        StaticNode: file_address,
        SimpleNode: simple,
    }


def _whole(nodes, engine):
    """Return what shows a whole template, with the blocks of those that extend another in place."""
    blocks, seen = {}, []
    while extending := next((node for node in nodes if isinstance(node, ExtendsNode)), None):
        parent = extending.parent_name
        own = {block.name: block for block in extending.nodelist.get_nodes_by_type(BlockNode)}
        if parent.is_var or parent.filters or parent.var in seen or _asks_for_super(own.values()):
            return _Reader(engine, {}).by_django(extending)
        seen.append(parent.var)
        blocks = own | blocks
        nodes = engine.get_template(parent.var).nodelist
    return _Reader(engine, blocks).all(nodes)


def _asks_for_super(blocks):
    tokens = (
        node.token.contents for block in blocks for node in block.nodelist.get_nodes_by_type(object)
        if node.token
    )  # fmt: skip
    return any("block.super" in contents for contents in tokens)


def _gives_names(nodes):
    """Whether nodes leave names to what follows: ``{% page_address … as address %}``."""
    names = ("target_var", "asvar", "varname")
    return any(
        getattr(node, name, None) for node in nodes.get_nodes_by_type(Node) for name in names
    )


def _shown_with(node, values_of, show):
    def show_with(context, put):
        try:
            values = values_of(context)
        except UnsureError:
            put(node.render_annotated(context))
            return
        frames = context.dicts
        frames.append({**frames[-1], **values})
        show(context, put)
        frames.pop()

    return show_with


def _in_a_frame(show):
    """Return what shows the same, and leaves no name behind."""

    def show_apart(context, put):
        frames = context.dicts
        frames.append({**frames[-1]})
        show(context, put)
        frames.pop()

    return show_apart


@lru_cache(maxsize=100)
def _file_address(storage, path):
    return escape(storage.url(path))


# --- Values -----------------------------------------------------------------------------------


def _values(expressions):
    asked = [(name, _value(expression)) for name, expression in expressions.items()]

    def values_of(context):
        return {name: value_of(context) for name, value_of in asked}

    return values_of


def _value(expression, or_none=False):
    """Return what asks a context for the value of ``expression``; ``or_none`` where it has none."""
    value_of = _named(expression.var, or_none) if expression.is_var else _always(expression.var)
    for function, arguments in expression.filters:
        value_of = _filtered(value_of, function, arguments)
    return value_of


def _always(value):
    return lambda context: value


def _named(variable, or_none=False):
    if variable.translate:
        raise UnsureError
    if variable.lookups is None:
        return _always(variable.literal)
    name, *others = variable.lookups

    def value_of(context):
        names = context.dicts[-1]
        if name in names:
            value = names[name]
        elif or_none:
            return None
        else:
            raise UnsureError
        if callable(value):
            value = _called(value)
        for other in others:
            if value is None and or_none:
                return None
            value = _part_of(value, other)
            if callable(value):
                value = _called(value)
        return value

    return value_of


# Classes whose objects have attributes alone.
WITHOUT_ITEMS = set()


def _part_of(value, name):
    kind = type(value)
    try:
        if kind in WITHOUT_ITEMS:
            return getattr(value, name)
        if not hasattr(kind, "__getitem__"):
            WITHOUT_ITEMS.add(kind)
            return getattr(value, name)
        try:
            return value[name]
        except (TypeError, KeyError):
            return getattr(value, name)
    except Exception as error:
        raise UnsureError from error


def _called(value):
    if getattr(value, "do_not_call_in_templates", False):
        return value
    if getattr(value, "alters_data", False):
        raise UnsureError
    try:
        return value()
    except Exception as error:
        raise UnsureError from error


def _filtered(value_of, function, arguments):
    given = [
        _named(value) if is_asked else _always(mark_safe(value)) for is_asked, value in arguments
    ]
    if getattr(function, "expects_localtime", False):
        raise UnsureError
    named = {"autoescape": True} if getattr(function, "needs_autoescape", False) else {}
    is_safe = getattr(function, "is_safe", False)

    def filtered(context):
        value = value_of(context)
        found = function(value, *[argument(context) for argument in given], **named)
        return mark_safe(found) if is_safe and isinstance(value, SafeData) else found

    return filtered


# --- Conditions -------------------------------------------------------------------------------

COMPARED = {
    "in": lambda one, other: contains(other, one),
    "not in": lambda one, other: not contains(other, one),
    "is": is_,
    "is not": is_not,
    "==": eq,
    "!=": ne,
    ">": gt,
    ">=": ge,
    "<": lt,
    "<=": le,
}


def _condition(condition):
    """Return what tells whether a condition of ``{% if %}`` holds."""
    if condition.id == "literal":
        return _value(condition.value, or_none=True)
    first = _condition(condition.first)
    if condition.id == "not":
        return lambda context: not first(context)
    second = _condition(condition.second)
    if condition.id == "or":
        return lambda context: first(context) or second(context)
    if condition.id == "and":
        return lambda context: first(context) and second(context)
    compared = COMPARED[condition.id]

    def holds(context):
        try:
            return compared(first(context), second(context))
        except TypeError as error:
            raise UnsureError from error

    return holds
