"""Every playthrough of a tiny encounter, worked out by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest

from simulator.encounter.playthrough import Playthrough
from simulator.explore.asked import all_asked, place_of
from simulator.explore.build import exploration
from simulator.explore.chances import Flow
from simulator.explore.conditions import coverage
from simulator.explore.doors import Foresight, Thing, nearest
from simulator.explore.graph import TooMany, explore
from simulator.explore.outcomes import promise_outcomes
from simulator.explore.sample import Sample, around_mean
from simulator.explore.strategies import warmth_of
from simulator.explore.values import playthroughs, range_of, sigma
from simulator.explore.worth import Worth
from simulator.library.words import warm_words
from simulator.report.exploration import exploration_text, percent
from simulator.scoring.scores import rubric_group
from tests.support import HEAD, RUBRIC, play, program

RULES = """
rules:
  - {on: promise-kept, scores: {caring: 1}, because: Kept.}
  - {on: promise-broken, scores: {caring: -1}, because: Broken.}
  - {when: count('cut') >= 1, scores: {attention: -1}, because: Cut.}
"""
TINY = """
meters: {trust: 3}
facts: {foot: A foot.}
promises: {call: A call.}
visits:
  one:
    title: One
    nodes:
      a:
        tests: [attention]
        choices:
          wait: {wait: Wait., scores: {attention: 1}, because: R., effects: {trust: +1}, next: b}
          cut: {say: "I understand. Tell me more.", tags: [cut], scores: {attention: -1}, because: R., next: out}
          up: {do: Go., next: out}
      b:
        tells: foot
        choices:
          call: {say: I'll call., makes: call, next: d}
          no: {say: "No, no.", next: out}
      d:
        choices:
          keep: {do: Keep it., keeps: call, next: rings}
          skip: {do: Skip it., next: out}
      out: {ending: done}
      rings: {ending: called}
"""
ENDINGS = HEAD + "  called: {title: Called, text: It rings.}\n"
WARM = ("i understand", "tell me more")


@pytest.fixture(scope="module")
def tiny():
    return program(TINY, head=ENDINGS, rubric_text=RUBRIC + RULES)


@pytest.fixture(scope="module")
def found(tiny):
    return exploration(tiny, WARM)


# weights: attention 1/2, caring 2. Five playthroughs, with their chances at random and their Σ values:
#   wait, call, keep  1/12   1/2 + 2 = 5/2
#   wait, call, skip  1/12   1/2 - 2 = -3/2
#   wait, no          1/6    1/2
#   cut               1/3    -1/2, and -1/2 by the rule
#   up                1/3    0


def test_states_and_playthroughs_are_counted(found):
    # the nodes a, b and d, and two endings: trust and the count are read by nothing that comes later
    assert (found.states, found.steps, found.playthroughs, found.most_choices) == (5, 7, 5, 3)
    assert found.is_exact


def test_endings_have_their_share_at_random(found):
    assert [(one.id, one.share.value) for one in found.endings] == [
        ("done", Fraction(11, 12)),
        ("called", Fraction(1, 12)),
    ]


def test_choices_are_offered_and_taken_as_often_as_play_comes_to_them(found):
    shares = {one.id.rpartition("/")[2]: (one.offered.value, one.taken.value) for one in found.choices}
    assert shares["wait"] == (1, Fraction(1, 3))
    assert shares["no"] == (Fraction(1, 3), Fraction(1, 6))
    assert shares["keep"] == (Fraction(1, 6), Fraction(1, 12))


def test_least_and_greatest_have_a_playthrough_that_comes_to_them(found):
    (rubric,) = found.rubrics
    assert (rubric.overall.worst.value, rubric.overall.best.value) == (Fraction(-3, 2), Fraction(5, 2))
    assert rubric.overall.best.choices == ("one/a/wait", "one/b/call", "one/d/keep")
    assert rubric.overall.worst.choices == ("one/a/wait", "one/b/call", "one/d/skip")
    by_id = {one.id: (one.worst.value, one.best.value, one.mean.value) for one in rubric.criteria}
    assert by_id == {
        "attention": (-1, Fraction(1, 2), Fraction(-1, 6)),  # 1/3 × 1/2 - 1/3 × 1
        "caring": (-2, 2, 0),
    }


def test_opportunities_are_counted_on_the_worst_the_best_and_at_random(found):
    overall = found.rubrics[0].overall
    # the first decision and the rule on what could have been cut, always; the promise, if it is made
    assert (overall.on_worst, overall.on_best, overall.at_random) == (3, 3, 2 + Fraction(1, 6))


def test_strategies_earn_what_their_choices_are_worth(found):
    earned = {one.strategy: dict(one.distribution) for one in found.rubrics[0].strategies}
    half, third, twelfth = Fraction(1, 2), Fraction(1, 3), Fraction(1, 12)
    assert earned == {
        "random": {Fraction(-3, 2): twelfth, Fraction(-1): third, Fraction(0): third, half: 2 * twelfth,
                   Fraction(5, 2): twelfth},
        "first": {Fraction(5, 2): 1},
        "longest": {Fraction(-1): 1},
        "shortest": {Fraction(0): 1},
        "warmest": {Fraction(-1): 1},
        "greedy": {Fraction(-3, 2): half / 2, half: half, Fraction(5, 2): half / 2},  # it does not look ahead
    }  # fmt: skip
    random = found.rubrics[0].strategies[0]
    assert random.mean.value == Fraction(-1, 6)
    assert random.place == (Fraction(-1, 6) + Fraction(3, 2)) / 4


def test_reach_is_where_a_playthrough_lies_and_none_where_there_is_nothing_to_reach(tiny):
    graph = explore(tiny)
    group = rubric_group(tiny, "small")
    found = range_of(Worth(graph, group))
    sums = {ids: sigma(tiny, one.decisions, one.state, group)
            for ids in (("wait", "no"), ("cut",), ("wait", "call", "skip")) for one in [play(tiny, *ids)]}  # fmt: skip
    assert list(sums.values()) == [Fraction(1, 2), -1, Fraction(-3, 2)]
    assert [found.reach(one) for one in sums.values()] == [Fraction(1, 2), Fraction(1, 8), 0]
    presence = next(one.index for one in tiny.criteria if one.id == "presence")
    assert range_of(Worth(graph, frozenset({presence}))).reach(Fraction(0)) is None


def test_the_best_choices_of_a_moment_are_told_where_something_is_at_stake(tiny):
    graph = explore(tiny)
    worth = Worth(graph, rubric_group(tiny, "small"))
    best = {one.node.id: [one.choices[at].id for at in worth.best(one)] for one in graph.situations}
    assert best == {"one/a": ["one/a/wait"], "one/b": [], "one/d": []}


def test_promises_have_all_that_becomes_of_them(tiny, found):
    assert found.promises == (("call", ("promise-kept", "promise-broken", "not-made")),)
    assert promise_outcomes(explore(tiny)) == [{"promise-kept", "promise-broken", "not-made"}]


def test_a_number_counts_only_where_something_reads_it():
    body = TINY.replace("cut:", "sit: {do: Sit., effects: {trust: -1}, next: b}\n          cut:")
    assert len(explore(program(body, head=ENDINGS)).states) == 5
    read = body.replace("no: {say:", "no: {when: trust >= 3, say:")
    assert len(explore(program(read, head=ENDINGS)).states) == 6  # b with trust at 4, and at 2
    same = body.replace("no: {say:", "no: {when: trust >= 2, say:")
    assert len(explore(program(same, head=ENDINGS)).states) == 5  # at 4 and at 2 it comes to the same


# doors


def test_the_decision_that_closed_a_door_is_the_last_before_which_it_was_open(tiny):
    foresight = Foresight.of(explore(tiny))
    one = play(tiny, "cut")
    doors = foresight.doors(one.decisions, one.state)
    assert [(d.thing, d.decision, d.choice.id) for d in doors] == [
        (Thing("fact", 0), 1, "one/a/cut"),
        (Thing("ending", 1), 1, "one/a/cut"),
    ]
    assert nearest(doors).thing == Thing("fact", 0)
    other = play(tiny, "wait", "call", "skip")
    doors = foresight.doors(other.decisions, other.state)
    assert [(d.thing.what, d.decision) for d in doors] == [("promise", 3), ("ending", 3)]
    assert nearest(doors).thing == Thing("ending", 1)
    best = play(tiny, "wait", "call", "keep")
    assert [(d.thing, d.decision) for d in foresight.doors(best.decisions, best.state)] == [(Thing("ending", 0), 3)]


def test_what_can_ever_come_about_and_what_can_from_here_on(tiny):
    foresight = Foresight.of(explore(tiny))
    every = {Thing("fact", 0), Thing("promise", 0), Thing("ending", 0), Thing("ending", 1)}
    assert foresight.ever() == every
    assert foresight.from_here(play(tiny, "wait").state) == every - {Thing("fact", 0)}  # it has been told by now


# conditions

ASKED = """
meters: {trust: 3}
flags: [brave]
visits:
  one:
    title: One
    nodes:
      a:
        lines:
          - {when: trust >= 9, lines: Never.}
          - {when: trust >= 3, lines: Always.}
        choices:
          wait: {wait: Wait., effects: {trust: +1}, next: b}
          up: {do: Go., effects: {trust: -1, brave: true}, next: b}
      b:
        choices:
          both:
            say: A.
            next:
              - {when: trust >= 4, go: c}
              - {when: brave, go: c}
              - {go: out}
          dream: {when: trust >= 8, say: B., next: out}
      c: {ending: done}
      out: {ending: called}
"""
SAYS = "patient-says: {noticed: I saw., kept-back: Nothing., will-do: I will rest.}\n"
SAID = """\
patient-says:
  noticed: [{when: chose('wait') and brave, text: A.}, {when: chose('wait'), text: B.}, {text: C.}]
  kept-back: [{when: brave, text: A.}, {when: trust >= 4, text: B.}, {text: C.}]
  will-do: I will rest.
"""


def test_conditions_that_never_come_out_and_cases_never_used_are_found():
    asked = program(ASKED, head=ENDINGS.replace(SAYS, SAID))
    every = all_asked(asked)
    found = coverage(asked)
    never = {
        what: sorted((one.where, one.which, one.number) for one in ones) for what, ones in found.never(every).items()
    }
    dream = next(one.index for one in asked.choices if one.id == "one/b/dream")
    both = next(one.index for one in asked.choices if one.id == "one/b/both")
    assert never == {
        "true": [("lines", 0, 0), ("noticed", 0, 0), ("offer", dream, 0)],
        "false": [("lines", 0, 1)],
        "used": [("choice-next", both, 2), ("kept-back", 0, 2), ("noticed", 0, 0)],
    }
    assert found.choices == {0, 1, both}
    assert (found.endings, found.ran_out, found.unsure, found.is_exact) == ({0}, set(), set(), True)


def test_what_cannot_be_ruled_out_is_unsure():
    asked = program(ASKED, head=ENDINGS.replace(SAYS, SAID))
    found = coverage(asked, cap=1)
    assert not found.is_exact
    assert {one.where for one in found.unsure} == {"lines", "noticed", "offer", "choice-next", "kept-back"}
    assert found.never(all_asked(asked)) == {"true": [], "false": [], "used": []}


def test_a_condition_is_told_with_its_place_in_the_file():
    asked = program(ASKED, head=ENDINGS.replace(SAYS, SAID))
    source = asked.scenario.place.source
    for one, test in all_asked(asked).items():
        place = place_of(asked, one)
        before = source.line(place.line)[: place.column - 1]
        assert before.rstrip().endswith("when:") == (test is not None), before


def test_a_moment_that_runs_out_of_choices_is_noticed():
    body = """
visits:
  one:
    title: One
    nodes:
      a:
        otherwise: out
        choices:
          ask: {say: A., next: a}
      out: {ending: done}
"""
    assert coverage(program(body)).ran_out == {0}


# samples


def test_beyond_the_cap_a_sample_is_drawn_that_says_so(tiny):
    with pytest.raises(TooMany):
        explore(tiny, cap=4)
    found = exploration(tiny, WARM, cap=4, drawn=400)
    assert (found.states, found.playthroughs, found.drawn, found.is_exact) == (None, None, 400, False)
    assert found == exploration(tiny, WARM, cap=4, drawn=400)
    assert found != exploration(tiny, WARM, cap=4, drawn=400, seed=1)
    for one, exact in zip(found.endings, (Fraction(11, 12), Fraction(1, 12)), strict=True):
        low, high = one.share.interval
        assert low < exact < high
    assert found.rubrics[0].overall.best.value == Fraction(5, 2)
    assert "There are more than 4 states" in " ".join(exploration_text(found).split())


def test_a_sample_is_of_playthroughs_that_can_be_played(tiny):
    from random import Random

    sample = Sample(tiny, lambda situation: tuple(range(len(situation.choices))), Random(3), 50)
    for one in sample.drawn:
        assert Playthrough.of(tiny, one.choices).state == one.final


def test_intervals_are_those_of_the_books():
    assert around_mean([Fraction(n) for n in (1, 2, 3, 4)]) == pytest.approx((1.2348, 3.7652), abs=1e-4)


# words


def test_warm_words_are_counted_whole_whatever_their_capitals():
    warmth = warmth_of(["sorry", "that sounds", "i'm sorry"])
    assert warmth("I’m SORRY. That  sounds hard.") == 2  # the longer phrase counts, and not the word in it as well
    assert warmth("Sorryish.") == 0
    assert warmth_of([])("Sorry.") == 0


def test_the_shipped_list_of_warm_words_is_there_and_holds_each_once():
    words = warm_words()
    assert 60 <= len(words) <= 120
    assert len(set(words)) == len(words)
    assert "tell me more" in words


# the report


@pytest.mark.parametrize(
    ("share", "shown"),
    [(Fraction(0), "0 %"), (Fraction(1), "100 %"), (Fraction(2, 3), "67 %"), (Fraction(1, 300), "0.3 %"),
     (Fraction(997, 1000), "99.7 %"), (Fraction(1, 99999), "under 0.1 %"), (Fraction(99998, 99999), "over 99.9 %")],
)  # fmt: skip
def test_a_share_is_never_shown_as_nothing_or_all_unless_it_is(share, shown):
    assert percent(share) == shown


def test_the_report_tells_all_of_it(found):
    text = " ".join(exploration_text(found).split())
    assert "5 different playthroughs, of 3 choices at most. They pass through 5 states" in text
    assert "92 %: done, Done 8 %: called, Called" in text
    assert "call can be kept; broken; never made." in text
    assert "one/a/wait “Wait.” one/b/call “I'll call.” one/d/keep “Keep it.”" in text
    assert "longest: 12 % of the way, Σ value -1 on average. It takes always the longest text." in text
    assert "one/d: 17 %. keep, skip" in text


def test_an_encounter_without_a_choice_has_one_playthrough():
    found = exploration(program("visits: {one: {title: One, nodes: {a: {ending: done}}}}"), WARM)
    assert (found.states, found.steps, found.playthroughs) == (1, 0, 1)
    assert "1 different playthrough, of 0 choices at most" in " ".join(exploration_text(found).split())


def test_shares_are_whole_numbers_at_every_step(tiny):
    flow = Flow(explore(tiny), lambda situation: tuple(range(len(situation.choices))))
    assert flow.whole == 12
    assert sum(flow.endings().values()) == 1
    assert playthroughs(flow.graph) == 5
