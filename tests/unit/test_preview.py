"""A scenario under edit: the same choices as far as they hold, why a choice is not there, and what is behind each."""

from __future__ import annotations

import pytest
from hypothesis import given

from simulator.encounter.playthrough import Playthrough
from simulator.encounter.speech import Voice, shown
from simulator.encounter.transition import Entered
from simulator.workshop.behind import Backstage
from simulator.workshop.reasons import Reasons
from simulator.workshop.replaying import place_of, replayed
from simulator.workshop.ways import shortest_ways, ways_through
from tests.laws.small import LESS, picks, scenarios
from tests.support import choice, play, program

BODY = """
meters: {trust: {start: 3, min: 0, max: 4}, hope: 2}
flags: [open-door]
facts: {foot: Her mother lost a foot., bus: She drives a bus.}
promises: {call: Call Ann on Monday.}
visits:
  one:
    title: Monday
    minutes: 4
    out-of-time: bye
    nodes:
      a:
        tells: bus
        cue: {line: I was looking for a spoon., met-by: [sit], when: trust >= 3}
        tests: [attention]
        fixed-order: true
        choices:
          sit:
            do: Sit down.
            tags: slow
            tells: foot
            makes: call
            effects: {trust: +2, open-door: true}
            scores: {attention: 1, caring: 2}
            because: She was alone.
            next: b
          stand:
            do: Stand.
            effects: {trust: -1}
            scores:
              - {when: trust >= 4, attention: 1, because: She trusts you.}
              - {attention: -1, harm: true, because: She saw it.}
            next: [{when: trust <= 1, go: bye}, {go: b}]
      b:
        fixed-order: true
        choices:
          more: {say: And then?, again: true, next: b}
          ask: {say: How are you?, next: b}
          foot: {say: The foot?, recalls: foot, when: trust >= 4, next: bye}
          door: {do: Close it., when: not open_door and minutes_left >= 1, next: bye}
          leave-it: {wait: Wait., next: bye}
      bye: {lines: She leaves., leave: two}
  two:
    title: Tuesday
    nodes:
      c: {choices: {ring: {do: Ring., keeps: call, next: end}, not: {wait: Wait., next: end}}}
      end: {ending: done}
"""
SMALL = program(BODY)


def edited(old: str, new: str, body: str = BODY):
    assert old in body
    return program(body.replace(old, new))


def ids(one: Playthrough) -> list[str]:
    return [choice.id.rsplit("/", 1)[-1] for choice in one.made]


# the same choices again


@pytest.mark.parametrize(
    "changes",
    [
        {"She leaves.": "She goes."},  # words elsewhere
        {"Sit down.": "Take the chair."},  # words of a choice that keeps its id
        {"          sit:": "          settle:", "met-by: [sit]": "met-by: [settle]"},  # a choice renamed
        {"      b:": "      bb:", "next: b}": "next: bb}", "next: b\n": "next: bb\n", "go: b}": "go: bb}"},  # a node
        {"  one:": "  uno:"},  # a visit
    ],
)
def test_the_same_choices_are_made_again_in_the_edited_scenario(changes):
    body = BODY
    for old, new in changes.items():
        assert old in body
        body = body.replace(old, new)
    found = replayed(play(SMALL, "sit", "ask"), program(body))
    assert found.is_whole
    assert found.play.count == 2
    assert found.play.state.meters == (4, 2)


def test_what_happened_is_that_of_the_edited_scenario():
    found = replayed(play(SMALL, "sit"), edited("trust: +2", "trust: +1, hope: +3"))
    assert found.play.state.meters == (4, 5)
    assert (found.is_whole, found.told) == (True, "")


CUT_A = BODY[: BODY.index("      a:")] + BODY[BODY.index("      b:") :]
NO_TUESDAY = BODY[: BODY.index("  two:")].replace("leave: two", "ending: done")


@pytest.mark.parametrize(
    ("made", "body", "held", "words"),
    [
        (
            ("sit", "ask", "leave-it"),
            BODY.replace("ask: {say: How are you?", "asks: {say: How is she?"),
            ["sit"],
            "1 of the 3 choices made still holds. The choice one/b/ask is not there any more.",
        ),
        (
            ("sit", "foot"),
            BODY.replace("effects: {trust: +2", "effects: {trust: -1"),
            ["sit"],
            "The next, one/b/foot, is not offered now. It is there only if trust is 4 or more, and it was told that "
            "“Her mother lost a foot”. Now: trust is 2; told foot.",
        ),
        (("stand", "ask"), CUT_A, [], "beginning. The node “one/a” is not there any more, and with it one/a/stand."),
        (
            ("sit", "leave-it", "ring"),
            NO_TUESDAY,
            ["sit", "leave-it"],
            "2 of the 3 choices made still hold. The visit “two” is not there any more, and with it two/c/ring.",
        ),
        (
            ("stand", "ask"),
            BODY.replace("trust <= 1", "trust <= 2"),
            ["stand"],
            "Play comes to two/c now, and one/b/ask is not there.",
        ),
        (
            ("sit", "leave-it", "ring"),
            BODY.replace("leave: two", "leave: [{when: hope >= 1, to: done}, {to: two}]"),
            ["sit", "leave-it"],
            "Play is over before two/c/ring: it comes to the ending “done”.",
        ),
        (
            ("sit", "more", "more"),
            BODY.replace(", again: true", ""),
            ["sit", "more"],
            "is not offered now. It was taken already, and has no `again: true`.",
        ),
    ],
)  # fmt: skip
def test_choices_are_made_again_up_to_the_first_that_does_not_hold(made, body, held, words):
    found = replayed(play(SMALL, *made), program(body))
    assert ids(found.play) == held
    assert not found.is_whole
    assert words in found.told


def test_only_a_choice_that_is_new_is_taken_for_one_that_was_renamed():
    body = BODY.replace("ask: {say: How are you?", "ask: {wait: Wait.")  # two choices of the same words
    before = play(program(body), "sit", "leave-it")
    renamed = replayed(before, edited("leave-it:", "still:", body))
    assert ids(renamed.play) == ["sit", "still"]
    gone = replayed(before, edited("          leave-it: {wait: Wait., next: bye}\n", "", body))
    assert ids(gone.play) == ["sit"]


def test_that_the_same_choices_lead_elsewhere_is_told():
    found = replayed(play(SMALL, "stand"), edited("trust <= 1", "trust <= 2"))
    assert found.is_whole
    assert found.told == "The same choices lead to two/c now; before, it was one/b."
    over = play(SMALL, "sit", "leave-it", "not")
    assert place_of(over) == "the ending “done”"
    assert replayed(over, SMALL).told == ""


@LESS
@given(scenarios(), scenarios(), picks)
def test_of_any_two_scenarios_what_is_replayed_is_a_playthrough_of_the_second(one, other, picked):
    before = Playthrough.start(one)
    for pick in picked:
        if before.is_over:
            break
        before = before.choose(before.available[pick % len(before.available)])
    again = replayed(before, one)
    assert (again.is_whole, again.told, again.play.state) == (True, "", before.state)
    found = replayed(before, other)
    assert Playthrough.of(other, found.play.made).state == found.play.state
    assert found.play.count <= before.count
    assert found.is_whole or found.told


# why


@pytest.mark.parametrize(
    ("made", "name", "reasons"),
    [
        (("sit",), "foot", []),
        (("sit", "ask"), "ask", ["It was taken already, and has no `again: true`."]),
        (("sit", "more"), "more", []),
        (
            ("stand",),
            "foot",
            [
                "It is there only if trust is 4 or more, and it was told that “Her mother lost a foot”. "
                "Now: trust is 2; not told foot."
            ],
        ),
        (
            ("sit",),
            "door",
            ["It is there only if “open door” is not so, and the number of minutes left is 1 or more. "
             "Now: open door; the number of minutes left is 3."],
        ),
        (
            ("stand", "leave-it"),
            "ring",
            ["It is there only if this was promised: “Call Ann on Monday”. Now: not promised call."],
        ),
    ],
)  # fmt: skip
def test_why_a_choice_is_not_there_is_told_with_what_its_condition_reads(made, name, reasons):
    assert Reasons(SMALL).against(choice(SMALL, name), play(SMALL, *made).state) == reasons


@pytest.mark.parametrize(
    ("condition", "reads"),
    [
        ("trust + 1 > hope", "trust is 4; hope is 2"),
        ("trust >= 3 or trust < 1", "trust is 4"),
        ("count('slow') >= 2", "the number of choices marked “slow” is 1"),
        ("chose('sit') and not seen('b')", "chose sit; not seen b"),
        ("not (kept('call') or recalled('foot'))", "not kept call; not recalled foot"),
        ("open_door == true", "open door"),
        ("true", ""),
    ],
)
def test_what_a_condition_reads_is_told_once_each(condition, reads):
    assert Reasons(SMALL).condition(condition, play(SMALL, "sit").state).reads == reads


# what is behind


def behind(*made: str, of=SMALL):
    return Backstage(of, Voice(of, 1)).look(play(of, *made))


def option(name: str, *made: str):
    (found,) = [one for one in behind(*made).options if one.id.endswith(f"/{name}")]
    return found


def test_what_is_kept_of_the_patient():
    found = behind("sit")
    assert (found.id, found.minutes) == ("one/b", (3, 4))
    assert SMALL.scenario.place.source.line(found.line).strip() == "b:"
    assert [(one.meter, one.was, one.value) for one in found.meters] == [("trust", 3, 4), ("hope", 2, 2)]
    assert found.flags == {"open-door": True}
    assert [(one.id, one.became) for one in found.facts] == [("foot", "told"), ("bus", "told")]
    assert [(one.id, one.became) for one in found.promises] == [("call", "promised")]
    assert found.counts == {"slow": 1}
    assert behind("sit", "foot").facts[0].became == "recalled"
    assert behind("sit", "foot", "ring").promises[0].became == "kept"
    assert behind("sit", "foot", "not").promises[0].became == "passed by"


def test_the_first_moment():
    found = behind()
    assert found.tests == ("Attention",)
    assert found.cue == "I was looking for a spoon. Met by sit."
    assert [one.number for one in found.options] == [1, 2]
    assert behind("sit", "leave-it").minutes is None


def test_what_a_choice_would_do_now():
    sit = option("sit")
    assert sit.changes == ("trust 3 to 4", "open-door set", "told foot", "promised call")
    assert sit.leads == ("one/b",)
    assert sit.needs is None
    assert SMALL.scenario.place.source.line(sit.line).strip() == "sit:"
    assert option("leave-it", "sit").leads == ("one/bye", "two/c")
    assert option("not", "sit", "leave-it").changes == ("passed by call",)
    assert option("not", "sit", "leave-it").leads == ("two/end", "the ending “done”")
    assert option("more", "sit", "more", "more").leads == ("the time is up", "one/bye", "two/c")


def test_which_of_several_ways_counts_is_told():
    assert (option("stand").leads, option("stand").way) == (("one/b",), "trust is 2 or more")
    of = program(BODY.replace("{trust: -1}", "{trust: -2}"))
    (found,) = [one for one in behind(of=of).options if one.id.endswith("/stand")]
    assert (found.leads, found.way) == (("one/bye", "two/c"), "trust is 1 or less")
    assert option("sit").way == ""


def test_what_changes_on_entering_is_told_apart():
    of = program(BODY.replace("      bye: {lines", "      bye: {effects: {hope: +1}, tells: foot, lines"))
    (found,) = [one for one in behind("stand", of=of).options if one.id.endswith("/leave-it")]
    assert found.changes == ("hope 2 to 3, on entering", "told foot, on entering")


def test_what_a_choice_is_evidence_of_and_which_case_counts():
    (only,) = option("sit").cases
    assert [(one.criterion, one.level, one.is_tested) for one in only.levels] == [
        ("Attention", 1, True), ("Caring", 2, False),
    ]  # fmt: skip
    assert (only.condition, only.because, only.gates, only.counts) == (None, "She was alone.", (), True)
    first, second = option("stand").cases
    assert first.condition == ("trust is 4 or more", "trust is 3")
    assert (first.counts, second.counts) == (False, True)
    assert (second.condition, second.gates) == (None, ("harm",))


def test_a_choice_that_is_not_offered_has_no_number_and_comes_last():
    found = behind("stand").options
    assert [(one.number, one.id.rsplit("/", 1)[-1]) for one in found] == [
        (1, "more"), (2, "ask"), (3, "door"), (4, "leave-it"), (0, "foot"),
    ]  # fmt: skip
    foot = found[-1]
    assert foot.against
    assert (foot.changes, foot.leads) == ((), ())
    assert found[2].needs is not None
    assert found[2].needs.reads == "not open door; the number of minutes left is 3"


def test_at_the_end_the_patient_speaks_and_there_is_nothing_to_choose():
    found = behind("sit", "leave-it", "not")
    assert found.options == ()
    assert dict(found.says) == {"noticed": "I saw.", "kept-back": "Nothing.", "will-do": "I will rest."}


@LESS
@given(scenarios(), picks)
def test_of_any_moment_the_offered_are_numbered_as_the_learner_sees_them(of, picked):
    backstage, now = Backstage(of, Voice(of, 7)), Playthrough.start(of)
    for pick in picked:
        found = backstage.look(now)
        if now.is_over:
            assert found.options == ()
            break
        offered = shown(of.nodes[now.state.node], now.available, 7)
        assert [one.id for one in found.options if one.number] == [one.id for one in offered]
        assert len(found.options) == len(of.nodes[now.state.node].choices)
        assert all(bool(one.against) != bool(one.number) for one in found.options)
        assert all(sum(case.counts for case in one.cases) <= 1 for one in found.options)
        now = now.choose(now.available[pick % len(now.available)])


# ways


def test_there_is_a_way_through_nodes_without_choices_too():
    found = {SMALL.nodes[index].id: one for index, one in ways_through(SMALL).items()}
    assert {id_: one.count for id_, one in found.items()} == {
        "one/a": 0, "one/b": 1, "one/bye": 2, "two/c": 2, "two/end": 3,
    }  # fmt: skip
    assert place_of(found["one/bye"]) == "two/c"


@LESS
@given(scenarios())
def test_a_way_comes_to_its_node_and_stands_there_where_play_can_stop(of):
    for index, one in ways_through(of).items():
        entered = [event.node.index for event in one.latest if isinstance(event, Entered)]
        assert index == one.state.node if of.nodes[index].choices else index in entered
    stops = {index: one.count for index, one in shortest_ways(of).items()}
    assert all(of.nodes[index].choices for index in stops)
