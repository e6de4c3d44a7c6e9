"""A map as lines of text: an outline that can be read aloud, and the languages of Mermaid and Graphviz."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, Final

from simulator.language.prose import short
from simulator.report.problems import plural
from simulator.report.text import sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from simulator.workshop.map import Map, MapEdge, MapNode

_LABEL: Final = 48  # characters of a choice on an edge


def summary(map_: Map) -> str:
    """How much there is of it."""
    nodes = sum(one.kind in ("moment", "passage") for one in map_.nodes.values())
    parts = (
        plural(len(map_.clusters), "visit"),
        plural(nodes, "node"),
        plural(map_.choices, "choice"),
        plural(len(map_.endings), "ending"),
    )
    return ", ".join(parts)


def map_outline(map_: Map) -> str:
    """Visits, their moments, and where each choice leads, two blanks further in for each level."""
    outgoing = map_.outgoing()
    rows = [f"{map_.title}: {summary(map_)}."]
    rows += [map_.note] if map_.note else []
    for number, cluster in enumerate(map_.clusters, start=1):
        clock = f" ({plural(cluster.minutes, 'minute')})" if cluster.minutes >= 0 else ""
        rows += ["", f"Visit {number}: {cluster.title}{clock}"]
        for id_ in cluster.nodes:
            rows += _outlined(map_, map_.nodes[id_], outgoing[id_])
    rows += ["", "Endings"]
    rows += [f"  {one.title}{_came(map_, one)}" for one in map_.endings]
    return "\n".join(rows)


def _outlined(map_: Map, node: MapNode, edges: Sequence[MapEdge]) -> Iterator[str]:
    line = f": {short(node.line, 80)}" if node.line else ""
    yield f"  {node.title}{_came(map_, node)}{line}"
    for choice, ways in groupby(edges, key=lambda edge: edge.choice):
        found = list(ways)
        if not choice:
            yield from (f"    {_sentence(map_, edge)}" for edge in found)
            continue
        needs = f" (Only if {found[0].needs}.)" if found[0].needs else ""
        said = f"    {found[0].verb}: {found[0].words}{needs}"
        if len(found) == 1 and not found[0].condition:
            yield f"{said} {_sentence(map_, found[0])}"
        else:
            yield said
            yield from (f"      {_sentence(map_, edge)}" for edge in found)


def _sentence(map_: Map, edge: MapEdge) -> str:
    condition = "if no choice is left" if edge.kind == "otherwise" else edge.condition
    times = "" if map_.sessions is None else f", {plural(edge.count, 'time')}"
    return sentence(
        f"{condition}{': ' if condition else ''}{'to' if condition else 'goes to'} {place(map_, edge)}{times}."
    )


def place(map_: Map, edge: MapEdge) -> str:
    """Where an edge leads, in words: a moment of the same visit, another visit, or an ending."""
    source, target = map_.nodes[edge.source], map_.nodes[edge.target]
    if target.kind == "ending":
        return f"the ending “{target.title}”"
    if target.visit != source.visit:
        return f"the visit “{map_.clusters[target.visit].title}”"
    return f"“{target.title}”"


def _came(map_: Map, node: MapNode) -> str:
    return "" if map_.sessions is None else f" [{node.count}]"


def edge_label(map_: Map, edge: MapEdge) -> str:
    """What stands on an edge: the choice, when it leads here, and how often it was gone."""
    parts = [f"{edge.verb}: {short(edge.words, _LABEL)}" if edge.choice else ""]
    parts += ["no choice left" if edge.kind == "otherwise" else ""]
    parts += [f"only if {edge.needs}" if edge.needs else "", edge.condition]
    parts += [f"{edge.count}×" if map_.sessions is not None else ""]
    return ", ".join(part for part in parts if part)


def map_mermaid(map_: Map) -> str:
    """A flowchart of Mermaid. Whatever a text holds, it is text there: all but plain characters are codes."""
    names = {id_: f"n{number}" for number, id_ in enumerate(map_.nodes)}
    title = re.sub(r"[^\w ]", " ", map_.title)
    rows = ["flowchart TD", f"  accTitle: {title}"]
    for number, cluster in enumerate(map_.clusters):
        rows.append(f'  subgraph v{number}["{_coded(cluster.title)}"]')
        rows += [f"    {names[id_]}{_shape(map_.nodes[id_])}" for id_ in cluster.nodes]
        rows.append("  end")
    rows += [f"  {names[one.id]}{_shape(one)}" for one in map_.endings]
    for edge in map_.edges:
        label = _coded(edge_label(map_, edge))
        arrow = f'-- "{label}" -->' if label else "-->"
        rows.append(f"  {names[edge.source]} {arrow} {names[edge.target]}")
    return "\n".join(rows)


def _shape(node: MapNode) -> str:
    opening, closing = {"moment": ("[", "]"), "passage": ("(", ")"), "clock": ("{{", "}}"), "ending": ("([", "])")}[
        node.kind
    ]
    return f'{opening}"{_coded(node.title)}"{closing}'


def _coded(text: str) -> str:
    """Text in which nothing means anything to Mermaid."""
    return re.sub(r"[^\w .,:?!'’“”()×…]|_", lambda found: f"#{ord(found.group())};", text)


def map_dot(map_: Map) -> str:
    """A digraph of Graphviz."""
    rows = [
        f"digraph {_quoted(map_.title)} {{",
        "  rankdir=LR; compound=true;",
        '  node [shape=box, style=rounded, fontname="Helvetica"]; edge [fontname="Helvetica", fontsize=10];',
    ]
    shapes = {"moment": "", "passage": ", style=dashed", "clock": ", shape=hexagon", "ending": ", shape=oval"}
    for number, cluster in enumerate(map_.clusters):
        rows += [f"  subgraph cluster_{number} {{", f"    label={_quoted(cluster.title)};"]
        for id_ in cluster.nodes:
            node = map_.nodes[id_]
            rows.append(f"    {_quoted(id_)} [label={_quoted(node.title)}{shapes[node.kind]}];")
        rows.append("  }")
    for node in map_.endings:
        rows.append(f"  {_quoted(node.id)} [label={_quoted(node.title)}{shapes[node.kind]}];")
    for edge in map_.edges:
        label = edge_label(map_, edge)
        rows.append(f"  {_quoted(edge.source)} -> {_quoted(edge.target)} [label={_quoted(label)}];")
    return "\n".join([*rows, "}"])


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ") + '"'
