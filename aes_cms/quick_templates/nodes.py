"""Nodes of templates: each becomes a function that shows it."""

from collections.abc import Callable
from copy import copy
from functools import lru_cache
from html import escape

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
from django.templatetags.static import StaticNode
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

from prefectures.models.addresses import address

from .values import UnsureError, always, asked_condition, asked_value, asked_values

# What shows a node takes the context and where its pieces go. Values are asked for before the first
# piece goes, so that Django can begin anew. A new frame of the context holds all names, those of
# the frame below too: each is found at once.


def shown(show, context):
    """Return what ``show`` shows, as a text."""
    pieces, frames = [], context.dicts
    frames.append(context.flatten())
    show(context, pieces.append)
    frames.pop()
    return SafeString("".join(pieces))


class PartNode(Node):
    """Nodes inside another one that Django shows."""

    child_nodelists = ("nodelist",)

    def __init__(self, nodelist, show):
        self.nodelist, self._show = nodelist, show

    def render(self, context):
        return shown(self._show, context) if context.autoescape else self.nodelist.render(context)


class Reader:
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
        if type(node) is not BlockNode and node.get_nodes_by_type(BlockNode):
            # Django must not show it as it is: it holds blocks that others replace.
            return self.by_django(node)
        try:
            return self.KNOWN.get(type(node), Reader.by_django)(self, node)
        except UnsureError:
            return self.by_django(node)

    def by_django(self, node):
        """Return what has Django show ``node``; what is inside shows itself."""
        if isinstance(node, IfNode):
            node = copy(node)
            node.conditions_nodelists = [
                (holds, self.part(nodes)) for holds, nodes in node.conditions_nodelists
            ]
        elif any(getattr(node, name, None) for name in node.child_nodelists):
            node = copy(node)
            for name in node.child_nodelists:
                if getattr(node, name, None):
                    setattr(node, name, self.part(getattr(node, name)))
        return _as_it_is(node)

    def part(self, nodes):
        # A loop does not ask its nodes together.
        return NodeList([PartNode(nodes, self.all(nodes))])

    def variable(self, node):
        value_of = asked_value(node.filter_expression)

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
            (asked_condition(condition) if condition else always(True), self.all(nodes))
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
        items_of = asked_value(node.sequence, or_none=True)
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
        values_of, show = asked_values(node.extra_context), self.all(node.nodelist)
        return _shown_with(node, values_of, show)

    def include(self, node):
        values_of = asked_values(node.extra_context)
        return _shown_with(node, values_of, Reader(self.engine, {}).all(self.template(node)))

    def included(self, node):
        """Yield the pieces of a template that is included as it is."""
        try:
            nodes = self.template(node)
        except UnsureError:
            yield self.by_django(node)
            return
        reader = Reader(self.engine, {})
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
        return _in_a_frame(self.all(self.blocks.get(node.name, node).nodelist))

    def page_address(self, node):
        if node.asvar or node.kwargs or node.view_name.is_var or node.view_name.filters:
            raise UnsureError
        name, asked = str(node.view_name.var), [asked_value(slug) for slug in node.args]
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
        asked = [asked_value(expression) for expression in node.args]
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


def whole(nodes, engine):
    """Return what shows a whole template, with the blocks of those that extend another in place."""
    asked, blocks, seen = nodes, {}, []
    while extending := _extending(nodes):
        parent = extending.parent_name
        own = {block.name: block for block in extending.nodelist.get_nodes_by_type(BlockNode)}
        if parent.is_var or parent.filters or parent.var in seen or _asks_for_super(own.values()):
            return _as_it_is(_extending(asked))
        seen.append(parent.var)
        blocks = own | blocks
        nodes = engine.get_template(parent.var).nodelist
    return Reader(engine, blocks).all(nodes)


def _extending(nodes):
    return next((node for node in nodes if isinstance(node, ExtendsNode)), None)


def _as_it_is(node):
    def show_node(context, put):
        put(node.render_annotated(context))

    return show_node


def _asks_for_super(blocks):
    nodes = (node for block in blocks for node in block.nodelist.get_nodes_by_type(Node))
    return any(node.token and "block.super" in node.token.contents for node in nodes)


# What leaves no name to what follows, as ``{% page_address … as address %}`` does.
NAMELESS = (
    TextNode,
    VariableNode,
    IfNode,
    ForNode,
    WithNode,
    IncludeNode,
    LoadNode,
    CommentNode,
)
NAMES = {URLNode: "asvar", StaticNode: "varname", SimpleNode: "target_var"}


def _gives_names(nodes):
    return any(
        not isinstance(node, NAMELESS)
        and (type(node) not in NAMES or getattr(node, NAMES[type(node)]))
        for node in nodes.get_nodes_by_type(Node)
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
