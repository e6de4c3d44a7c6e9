"""The shape of play, found without playing: where nodes lead, loops that spend nothing, moments without a choice."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from itertools import islice, product
from typing import TYPE_CHECKING, Any, NamedTuple

from simulator.encounter.state import FIELDS, Ledger, State

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from simulator.encounter.program import Choice, Node, Program, Visit
    from simulator.language.diagnostics import Problems

MOST_COMBINATIONS = 300_000  # tried for all the moments of a scenario together


class Edge(NamedTuple):
    """A way from one node to another. `once`: it can be gone only once. `minutes`: what it costs on a clock."""

    start: int
    end: int
    once: bool = False
    minutes: int = 0
    leaves: bool = False  # goes to another visit
    knocks: bool = False  # goes to the out-of-time node because the clock stands at 0


def edges(nodes: Iterable[Node], visits: Sequence[Visit]) -> Iterator[Edge]:
    """Every way on, whatever its condition."""
    firsts = {visit.first: visit.index for visit in visits}
    for node in nodes:
        visit = visits[node.visit]
        for way in node.next:
            if way.node >= 0:
                yield Edge(node.index, way.node, leaves=firsts.get(way.node, node.visit) != node.visit)
        if node.otherwise >= 0:
            yield Edge(node.index, node.otherwise)
        for choice in node.choices:
            minutes = choice.minutes if visit.minutes >= 0 else 0
            for end in sorted({way.node for way in choice.next} - {-1}):
                yield Edge(node.index, end, not choice.again, minutes)
            if minutes and visit.out_of_time >= 0:
                yield Edge(node.index, visit.out_of_time, not choice.again, minutes, knocks=True)


def hubs(nodes: Sequence[Node], visits: Sequence[Visit]) -> list[Node]:
    """The nodes with `is_hub` and `is_plain` worked out."""
    again = re_entered(nodes, visits)
    return [
        replace(
            node,
            is_hub=node.index in again,
            is_plain=node.index not in again and not any(choice.need for choice in node.choices),
        )
        for node in nodes
    ]


def re_entered(nodes: Sequence[Node], visits: Sequence[Visit]) -> set[int]:
    """The nodes that play could enter a second time.

    They lie on a loop of ordinary ways, or on one through several visits; or the clock can knock after them and
    lead back to them. The knock comes once a visit, so it makes no loop of its own.
    """
    ways = list(edges(nodes, visits))
    ordinary = [edge for edge in ways if not edge.knocks]
    found = _looping(components(len(nodes), ordinary), ordinary)
    whole = components(len(nodes), ways)
    spanning = {whole[edge.start] for edge in ways if edge.leaves and whole[edge.start] == whole[edge.end]}
    found |= {node.index for node in nodes if whole[node.index] in spanning}
    ahead, back = _adjacent(edge for edge in ordinary if not edge.leaves)
    for visit in visits:
        if visit.out_of_time >= 0:
            early = reached([visit.first], ahead)
            firing = reached([edge.start for edge in ways if edge.knocks and edge.end == visit.out_of_time], back)
            found |= early & firing & reached([visit.out_of_time], ahead)
    return found


def _looping(group: list[int], ways: Iterable[Edge]) -> set[int]:
    """The nodes that lie on a loop, given the component of each."""
    return {end for edge in ways if group[edge.start] == group[edge.end] for end in (edge.start, edge.end)}


def _adjacent(ways: Iterable[Edge]) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
    """Where each node leads, and what leads to it."""
    ahead: dict[int, list[int]] = defaultdict(list)
    back: dict[int, list[int]] = defaultdict(list)
    for edge in ways:
        ahead[edge.start].append(edge.end)
        back[edge.end].append(edge.start)
    return ahead, back


def components(count: int, ways: Iterable[Edge]) -> list[int]:
    """The strongly connected component of each node (Kosaraju's two passes, without recursion)."""
    ahead, back = _adjacent(ways)
    order: list[int] = []  # the first to be finished first
    seen = [False] * count
    for start in range(count):
        _finish(start, ahead, seen, order)
    group = [-1] * count
    for root in reversed(order):
        if group[root] < 0:
            for node in reached([root], back, lambda one: group[one] < 0):
                group[node] = root
    return group


def _finish(start: int, ahead: Mapping[int, list[int]], seen: list[bool], order: list[int]) -> None:
    if seen[start]:
        return
    seen[start] = True
    stack = [(start, iter(ahead.get(start, ())))]
    while stack:
        node, ends = stack[-1]
        fresh = next((end for end in ends if not seen[end]), None)
        if fresh is None:
            order.append(node)
            stack.pop()
        else:
            seen[fresh] = True
            stack.append((fresh, iter(ahead.get(fresh, ()))))


def reached(
    starts: Iterable[int], ahead: Mapping[int, list[int]], open_: Callable[[int], bool] = lambda _: True
) -> set[int]:
    """Every node that can be reached from `starts` (themselves included) through nodes that are `open_`."""
    found = set(starts)
    waiting = list(found)
    while waiting:
        for end in ahead.get(waiting.pop(), ()):
            if end not in found and open_(end):
                found.add(end)
                waiting.append(end)
    return found


def check_graph(program: Program, problems: Problems) -> None:
    """Report loops that spend nothing, moments that may leave no choice, and nodes nothing leads to."""
    ways = list(edges(program.nodes, program.visits))
    _check_loops(program, ways, problems)
    _check_reached(program, ways, problems)
    whole = components(len(program.nodes), ways)
    tries = iter(range(MOST_COMBINATIONS // (1 + (len(program.meters) + len(program.tags)) // 20)))
    for node in program.nodes:
        if node.choices and node.otherwise < 0:
            lasting = [choice for choice in node.choices if _lasts(program, node, choice, whole)]
            found = _always_one_of(program, node, lasting, tries)
            if not found:
                known = "Here all the choices could be unavailable at once."
                unsure = "These conditions have too many combinations to be sure that a choice is always left."
                problems.report(
                    "BED502",
                    known if found is False else unsure,
                    node.place.point(),
                    help="Add `otherwise:` with the node to go to then, or a choice without a condition.",
                )


def _lasts(program: Program, node: Node, choice: Choice, whole: list[int]) -> bool:
    """Whether a choice cannot have been taken already when its node is entered: it is no loop's way back here."""
    if choice.again or not node.is_hub:
        return True
    ends = [way.node for way in choice.next if way.node >= 0]
    knock = program.visits[node.visit].out_of_time
    if choice.minutes and knock >= 0:
        ends.append(knock)
    return all(whole[end] != whole[node.index] for end in ends)


def _check_loops(program: Program, ways: list[Edge], problems: Problems) -> None:
    """Every loop must pass a choice offered once, or cost minutes on a clock that still runs.

    A clock at 0 runs no more, and one that is entered again starts afresh: minutes spend nothing there.
    """
    ahead, _ = _adjacent(edge for edge in ways if not edge.leaves)
    late = reached([v.out_of_time for v in program.visits if v.out_of_time >= 0], ahead)
    # a knock comes once a visit, so that within one it closes no loop
    free = [e for e in ways if not (e.once or e.knocks) and (not e.minutes or e.start in late)]
    again = [edge for edge in ways if not edge.once]
    within = components(len(program.nodes), free)
    across = components(len(program.nodes), again)
    is_loose = frozenset(free)
    told: set[tuple[bool, int]] = set()
    for edge in again:
        is_free = edge in is_loose and within[edge.start] == within[edge.end]
        is_leaving = edge.leaves and across[edge.start] == across[edge.end]
        group = within[edge.start] if is_free else across[edge.start]
        if (is_free or is_leaving) and (is_free, group) not in told:
            told.add((is_free, group))
            groups = within if is_free else across
            loop = list(islice((n.id for n in program.nodes if groups[n.index] == group), 7))
            problems.report(
                "BED501",
                "Play could go round here for ever.",
                program.nodes[edge.start].place.point(),
                note=f"The loop: {', '.join(loop[:6])}{' …' if len(loop) > 6 else ''}.",
                help="Let it pass a choice without `again`, or one that costs minutes on the clock.",
            )


def _check_reached(program: Program, ways: list[Edge], problems: Problems) -> None:
    ahead, _ = _adjacent(ways)
    found = reached([program.visits[0].first], ahead)
    for node in program.nodes:
        if node.index not in found:
            problems.report(
                "BED505",
                f"Nothing leads to “{node.id}”.",
                node.place.point(),
                help="Lead to it from a `next`, or delete it.",
            )


def _always_one_of(program: Program, node: Node, lasting: list[Choice], tries: Iterator[int]) -> bool | None:
    """Whether one of these choices is there whatever meters, flags and ledger say; None where that is too much to try.

    A sound answer, not an exact one: what is tried may never come about in play.
    """
    needs = [choice.need for choice in lasting if choice.need is not None]
    if len(needs) < len(lasting):
        return True
    read = sorted({(one.kept, one.which) for need in needs for one in program.reads[need]})
    for state in _states(program, node, read):
        if next(tries, None) is None:
            return None
        if not any(need(state) for need in needs):
            return False
    return bool(lasting)


def _states(program: Program, node: Node, read: list[tuple[str, int]]) -> Iterator[Any]:
    """Every combination of what the conditions of a node read, as stand-ins for states."""
    for combination in product(*(_values(program, node, *slot) for slot in read)):
        state: list[Any] = [0] * len(State._fields)
        state[FIELDS["meters"]] = [meter.start for meter in program.meters]
        state[FIELDS["counts"]] = [0] * len(program.tags)
        for slot, value in zip(read, combination, strict=True):
            _put(state, *slot, value, program.ledger)
        yield state


def _values(program: Program, node: Node, field: str, index: int) -> range:
    """Every value that a field of the state, or a thing in its ledger, could have at a node."""
    match field:
        case "meters":
            return range(program.meters[index].lo, program.meters[index].hi + 1)
        case "minutes":
            return range(program.visits[node.visit].minutes + 1)
        case "counts":
            return range(sum(index in choice.tags for choice in program.choices) + 1)
        case _:
            return range(2)


def _put(state: list[Any], field: str, index: int, value: int, ledger: Ledger) -> None:
    if field not in FIELDS:
        state[FIELDS["ledger"]] |= value * ledger.bit(field, index)
        return
    position = FIELDS[field]
    if isinstance(state[position], list):
        state[position][index] = value
    else:
        state[position] = value
