"""Expressions: what they mean, what they are refused for, and where the mistake stands."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.language.diagnostics import Place, Problems, Source
from simulator.language.expressions import parse, parse_condition, read_condition
from simulator.language.terms import TRUTH, Fault, Function, Name, Scope, Whole, function_of
from simulator.language.tree import Scalar

# a state is (trust, hope, bits): bit 0 is `brave`, bit 1 told('foot'), bit 2 `named_it`
SCOPE = Scope(
    {
        "trust": Name(Whole(0, 10), "s[0]"),
        "hope": Name(Whole(-5, 5), "s[1]"),
        "brave": Name(TRUTH, "(s[2] & 1 != 0)"),
        "named_it": Name(TRUTH, "(s[2] & 4 != 0)"),
    },
    {
        "told": Function(
            "facts", {"foot": Name(TRUTH, "(s[2] & 2 != 0)"), "door": Name("ambiguous", "a/door, b/door")}
        ),
        "count": Function("tags", {"push": Name(Whole(0, 3), "s[0]")}),
        "kept": Function("promises", {}),
    },
    {"minutes_left": "There is no clock here."},
)
STATES = list(itertools.product((0, 3, 4, 10), (-5, 0, 5), range(8)))


def holds(text: str, state: tuple[int, int, int]) -> bool:
    return bool(function_of(parse_condition(text, SCOPE).code)(state))


def fault(text: str) -> Fault:
    with pytest.raises(Fault) as caught:
        parse_condition(text, SCOPE)
    return caught.value


# what they mean: each beside the Python that says the same

MEANINGS = {
    "trust >= 4": lambda t, h, b, f, n: t >= 4,
    "trust != 4": lambda t, h, b, f, n: t != 4,
    "trust == hope": lambda t, h, b, f, n: t == h,
    "brave": lambda t, h, b, f, n: b,
    "not brave": lambda t, h, b, f, n: not b,
    "not not brave": lambda t, h, b, f, n: b,
    "not not not brave": lambda t, h, b, f, n: not b,
    "told('foot') and not named_it": lambda t, h, b, f, n: f and not n,
    'told("foot")': lambda t, h, b, f, n: f,
    "brave or named_it and told('foot')": lambda t, h, b, f, n: b or (n and f),
    "(brave or named_it) and told('foot')": lambda t, h, b, f, n: (b or n) and f,
    "not brave or named_it": lambda t, h, b, f, n: (not b) or n,
    "not (brave or named_it)": lambda t, h, b, f, n: not (b or n),
    "not trust >= 4 and brave": lambda t, h, b, f, n: (not t >= 4) and b,
    "trust + hope > 7": lambda t, h, b, f, n: t + h > 7,
    "trust - hope - 1 > 3": lambda t, h, b, f, n: t - h - 1 > 3,
    "trust - (hope - 1) > 3": lambda t, h, b, f, n: t - (h - 1) > 3,
    "(trust + hope) - 2 < 3": lambda t, h, b, f, n: t + h - 2 < 3,
    "hope > -3": lambda t, h, b, f, n: h > -3,
    "-hope > 3 - trust": lambda t, h, b, f, n: -h > 3 - t,
    "brave == named_it": lambda t, h, b, f, n: b == n,
    "brave != (trust > 3)": lambda t, h, b, f, n: b != (t > 3),
    "(trust > 3) == brave": lambda t, h, b, f, n: (t > 3) == b,
    "brave == true": lambda t, h, b, f, n: b,
    "count('push') > 1": lambda t, h, b, f, n: t > 1,
    "1 + 1 + 1 < trust": lambda t, h, b, f, n: t > 3,
}


@pytest.mark.parametrize("text", MEANINGS)
def test_meaning_in_every_state(text):
    meant = MEANINGS[text]
    for state in STATES:
        trust, hope, bits = state
        assert holds(text, state) == bool(meant(trust, hope, bool(bits & 1), bool(bits & 2), bool(bits & 4))), state


def test_what_is_read_is_known():
    assert parse_condition("trust > 3 and told('foot') or not brave", SCOPE).reads == {"trust", "told('foot')", "brave"}


def test_a_sum_knows_its_range():
    assert parse("trust + hope - 3", SCOPE).kind == Whole(-8, 12)
    assert parse("-hope", SCOPE).kind == Whole(-5, 5)
    assert parse("3 - trust", SCOPE).kind == Whole(-7, 3)


# what they are refused for: code, and the text that is pointed at

REFUSED = [
    ("trsut > 3", "BED302", "trsut", "Did you mean “trust”?"),
    ("named-it", "BED302", "named-it", "In expressions a hyphen is written as _: named_it."),
    ("trust > 3 and nmaed-it", "BED302", "nmaed-it", "Did you mean “named_it”?"),
    ("minutes_left > 3", "BED302", "minutes_left", "There is no clock here."),
    ("told", "BED302", "told", "It is a question about an id: told('…')."),
    ("max('foot') > 3", "BED302", "max", "Known here: count, kept, told."),
    ("trust = 3", "BED301", "=", "Write == to compare."),
    ("trust > 3 && brave", "BED301", "&", "Write `and`."),
    ("brave || named_it", "BED301", "|", "Write `or`."),
    ("!brave", "BED301", "!", "Write `not`."),
    ("trust ≥ 4", "BED301", "≥", "Write >=."),
    ("told(‘foot’)", "BED301", "‘", "Write straight ones: told('…')."),
    ("told('foot)", "BED301", "'", "Write told('…'), with both."),
    ("trust * 2 > 3", "BED301", "*", "Work the number out."),
    ("trust.real > 3", "BED301", ".", "Use the name alone."),
    ("{{ brave }}", "BED301", "{", "Write the expression alone."),
    ("brave AND named_it", "BED301", "AND", "Write it in small letters, with a condition on each side."),
    ("trust is 4", "BED301", "is", "Write == to compare."),
    ("brave named_it", "BED301", "named_it", "Between two conditions stands `and` or `or`."),
    ("(trust > 3", "BED301", "(", "Close it with )."),
    ("trust > 3)", "BED301", ")", "Between two conditions stands `and` or `or`."),
    ("2 < trust < 5", "BED303", "2 < trust < 5", "Write two, with `and` between them: 2 < trust and trust < 6, say."),
    ("trust", "BED303", "trust", "Compare it with something: trust >= 4."),
    ("brave and trust", "BED303", "trust", "Compare it with something: trust >= 4."),
    ("brave > 1", "BED303", "brave", None),
    ("trust > 10", "BED304", "trust > 10", "trust goes from 0 to 10."),
    ("trust >= 0", "BED304", "trust >= 0", "trust goes from 0 to 10."),
    ("hope == 6", "BED304", "hope == 6", "hope goes from -5 to 5."),
    ("trust + hope > 15", "BED304", "trust + hope > 15", "This sum goes from -5 to 15."),
    ("count('push') > 3", "BED304", "count('push') > 3", "count('push') goes from 0 to 3."),
    ("true", "BED304", "true", "Leave the condition out."),
    ("1 > 2", "BED304", "1 > 2", "Ask about a meter, a flag, or what has happened."),
    ("told('fot')", "BED403", "fot", "Did you mean “foot”?"),
    ("kept('x')", "BED403", "x", "This scenario has no promises."),
    ("told('door')", "BED405", "door", "Write one of: a/door, b/door."),
    ("told(foot)", "BED305", "foot", "Write told('foot')."),
    ("told('foot', 'x')", "BED305", ",", "Write told('foot')."),
    ("trust == 'four'", "BED305", "'four'", "Meters are compared with whole numbers; flags stand alone."),
    ("trust < 1000000000", "BED204", "1000000000", "Use a smaller number."),
    ("trust > 00000000000004", "BED204", "00000000000004", "Use a smaller number."),
    ("٣ < trust", "BED301", "٣", "Between two conditions stands `and` or `or`."),
]


@pytest.mark.parametrize(("text", "code", "pointed", "help_"), REFUSED, ids=[row[0] for row in REFUSED])
def test_refused(text, code, pointed, help_):
    found = fault(text)
    told = found.help if isinstance(found.help, str) else found.help()
    assert (found.code, text[found.start : found.end]) == (code, pointed)
    assert help_ is None or told == help_


@pytest.mark.parametrize("text", ["trust >", "brave and", "not", "trust > 3 or (", "told(", "told('foot'", "  "])
def test_one_that_stops_early_is_refused_at_its_end(text):
    assert fault(text).start >= len(text.rstrip()) - 1


def test_as_much_as_is_allowed_can_be_computed():
    sums = "trust" + " + trust" * 120 + " > 3"
    assert holds(sums, (1, 0, 0))
    deep = "brave or brave and not not brave == (" * 20 + "brave" + ")" * 20
    assert holds(deep, (0, 0, 1))
    assert fault("(" * 21 + "brave" + ")" * 21).code == "BED301"
    assert fault("brave or " * 200 + "brave").code == "BED301"


def test_a_problem_has_its_column_in_the_file():
    source = Source("x.yaml", "when: brave and trsut > 3")
    problems = Problems()
    text = Scalar.at("brave and trsut > 3", Place(source, 1, 7, 1, 26))
    assert read_condition(text, SCOPE, problems) is None
    assert [(str(one.place), one.help) for one in problems] == [("x.yaml:1:17", "Did you mean “trust”?")]


# any text

TOKENS = ["trust", "hope", "brave", "and", "or", "not", "(", ")", "+", "-", "<", "==", ">=", "3", "0", "true", " "]
TOKENS += ["told('foot')", "count('push')", "'x'", "=", ".", "x", "minutes_left", "−"]


@given(st.one_of(st.text(), st.lists(st.sampled_from(TOKENS)).map(" ".join)))
def test_any_text_is_a_condition_or_a_fault_within_it(text):
    try:
        term = parse_condition(text, SCOPE)
    except Fault as found:
        assert 0 <= found.start <= len(text)
        assert found.start < found.end <= len(text) + 1
        assert found.message
        return
    assert {function_of(term.code)(state) for state in STATES} <= {True, False}


@given(st.lists(st.sampled_from(["trust", "hope", "2", "11", "(trust - 3)", "count('push')"]), min_size=1, max_size=6),
       st.lists(st.sampled_from("+-"), min_size=5, max_size=5))  # fmt: skip
def test_a_value_lies_in_its_range(pieces, signs):
    text = " ".join(part for pair in zip(pieces, signs, strict=False) for part in pair)[:-2]
    term = parse(text, SCOPE)
    values = [function_of(term.code)(state) for state in itertools.product(range(4), range(-5, 6), [0])]
    assert isinstance(term.kind, Whole)
    assert all(term.kind.lo <= value <= term.kind.hi for value in values)
