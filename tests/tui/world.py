"""A small shelf for the app's tests: two encounters of their own, a desk that always draws the same, and shortcuts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from simulator.language.diagnostics import Problems
from simulator.library.load import load
from simulator.library.settings import Settings
from simulator.sessions.chain import read_log
from simulator.sessions.session import Session
from simulator.sessions.store import Store
from simulator.tui.app import BedsideApp
from simulator.tui.desk import Desk, Entry
from simulator.tui.sheet import Picker, Sheet
from tests.support import RUBRIC

KITCHEN = """\
bedside: 1
title: The kitchen table
summary: Ann Lowe is eighty and lives alone. Her neighbour found her on the floor on Sunday, and says so. Ann does not.
level: introductory
minutes: 10
learner-role: A student on a home visit. You may not prescribe.
topics: [falls, home visit]
content-note: A fall is spoken of. You may leave at any moment.
objectives:
  - {text: Hear it from her before you hear it from others, criteria: [presence, attention]}
  - {text: Do what you said you would do, criteria: [caring]}
rubrics: small
cast:
  ann: {name: Ann Lowe, role: patient, age: 80}
  joe: {name: Joe, role: a neighbour}
meters: {trust: {start: 3, min: 0, max: 10}, hope: {start: 4, min: 0, max: 10}}
facts: {stairs: She fell on the stairs and not in the kitchen.}
promises: {call: Call her on Friday.}
chart: |
  **Ann Lowe, 80.** Lives alone; a flat on the second floor.

  **Medicines:** amlodipine 5 mg, zopiclone 7.5 mg at night since 2011. No allergies.
visits:
  monday:
    title: Monday, 10:00
    scene: |
      A kitchen with one chair pulled out. Ann stands at the sink with her back to the door, and the tap is running.
    minutes: 4
    out-of-time: bye
    nodes:
      door:
        lines: |
          Joe points at the floor.
          joe: There. That is where she was.
          ann (to the window): I was looking for a spoon.
        cue: {feeling: ashamed, line: I was looking for a spoon., met-by: [sit]}
        tests: [attention]
        fixed-order: true
        choices:
          sit:
            do: Take the chair, and turn it so that you can see what she sees.
            scores: {attention: 1}
            because: You came to her side of the table before you asked for anything.
            effects: {trust: +2}
            reply: |
              She turns the tap off.
              ann: It is the stairs you want to see.
            tells: stairs
            next: talk
          floor:
            say: Could you show me where it happened, and how long you were lying there?
            scores: {attention: -1}
            because: It is a fair question, and it was Joe's.
            tempts: Time on the floor matters, and you know it does.
            effects: {trust: -1}
            reply: "ann: Joe has shown you."
            next: talk
          wait:
            wait: Say nothing, and listen to the tap.
            scores: {attention: 2}
            because: She filled the silence with what she had not told anyone.
            effects: {trust: +1, hope: +1}
            reply: |
              ann: Well. It was not here.
            next: talk
      talk:
        lines: "ann: And now you will want me in a home."
        tests: [caring]
        fixed-order: true
        choices:
          call:
            say: I want you to be here on Friday, when I call to hear how the stairs are.
            scores: {caring: 2}
            because: You named a day.
            effects: {hope: +2}
            makes: call
            next: bye
          home:
            say: It might be safer, for a while.
            scores: {caring: -1}
            because: She heard the word she was waiting for.
            tempts: You were afraid for her.
            effects: {hope: -3}
            next: bye
          spoon:
            notice: There is one spoon on the table.
            scores: {caring: 0}
            because: You saw how she lives.
            next: bye
      bye:
        lines: The kettle clicks.
        leave: friday
  friday:
    title: Friday
    scene: The line rings for a long time.
    nodes:
      line:
        lines: "ann: You are early."
        tests: [caring]
        fixed-order: true
        choices:
          kept:
            say: I said Friday.
            scores: {caring: 1}
            because: You did it.
            effects: {trust: +2}
            keeps: call
            next: over
          late: {say: How are the stairs?, scores: {caring: 0}, because: "A question.", next: over}
      over: {leave: [{when: trust >= 5, to: tea}, {to: dial-tone}]}
endings:
  tea: {title: Tea, text: "The next time, there are two chairs pulled out."}
  dial-tone: {title: A dial tone, text: She puts the receiver down before you do.}
patient-says:
  noticed: [{when: trust >= 5, text: You looked where I looked.}, {text: You asked what Joe asked.}]
  kept-back: How long I was lying there.
  will-do: [{when: hope >= 5, text: Hold the rail.}, {text: Lock the door.}]
reflect: [Where did you first look?]
"""

CORRIDOR = """\
bedside: 1
title: In the corridor
summary: Ben has a question about his brother, and you have two minutes.
level: advanced
minutes: 5
learner-role: A resident.
objectives: [{text: Stop walking, criteria: [presence]}]
rubrics: small
cast: {ben: {name: Ben, role: patient}}
visits:
  one:
    title: Noon
    nodes:
      stop:
        lines: "ben: Have you got a second?"
        choices:
          stop: {do: Stop., scores: {presence: 1}, because: You stopped., next: bye}
          walk: {do: Walk on., scores: {presence: -1}, because: You walked on., next: bye}
      bye: {lines: He nods., leave: done}
endings: {done: {title: Done, text: He goes back in.}}
patient-says: {noticed: You stopped., kept-back: His name., will-do: I will ask again.}
"""

# a rubric that no encounter is coded by, and that reads the one they are coded by
READS = RUBRIC.replace("title: A small rubric", "title: Another rubric").replace(
    "caring: {title: Caring,", "warmth: {title: Warmth, draws-on: [{criterion: small/caring, because: It shows.}],"
)

SEED = 3
STAMP = "2026-05-04T10:00:00Z"


def shelf(home: Path, **texts: str) -> Path:
    """The folder `home` with encounters and their rubric on the shelf."""
    found = texts or {"kitchen-table": KITCHEN, "in-the-corridor": CORRIDOR}
    rubrics = [("rubrics", "small", RUBRIC), ("rubrics", "other", READS)]
    for folder, name, text in [*rubrics, *(("scenarios", n, t) for n, t in found.items())]:
        (home / folder).mkdir(parents=True, exist_ok=True)
        (home / folder / f"{name.replace('_', '-')}.yaml").write_text(text, encoding="utf-8")
    return home


def settings(**given: Any) -> Settings:
    """Settings without motion, unless told otherwise."""
    return Settings(**{"motion": False, **given})


def app_of(home: Path, *, seed: int = SEED, mode: str = "practice", **given: Any) -> BedsideApp:
    """The app over a shelf."""
    return BedsideApp(Desk(home, settings(**given), "kim", seed, mode))


def begun(home: Path, *names: str, scenario: str = "kitchen-table", mode: str = "practice") -> tuple[Store, Session]:
    """A session with some choices made, by the ends of their ids."""
    problems = Problems()
    desk = Desk(home, settings(), "kim", SEED)
    loaded = load(home / "scenarios" / f"{scenario}.yaml", desk.shelf, problems)
    assert loaded is not None
    assert loaded[1] is not None, [f"{one.place}: {one.message}" for one in problems]
    session = Session.start(desk.store, *loaded, learner="kim", mode=mode, seed=SEED)
    for name in names:
        (choice,) = [one for one in session.shown if one.id.endswith(f"/{name}")]
        session.choose(choice)
    return desk.store, session


def entry(app: BedsideApp, name: str) -> Entry:
    (found,) = [one for one in app.desk.entries if one.id == name]
    return found


async def press(pilot: Any, *keys: str) -> None:
    """Keys as a person presses them: the next after the screen has answered."""
    for key in keys:
        await pilot.press(key)
        await pilot.pause()


async def settled(pilot: Any) -> None:
    """Until the shelf has been read and everything is painted."""
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def in_the_room(pilot: Any, name: str = "kitchen-table") -> Any:
    """From the library into the first visit of an encounter."""
    await settled(pilot)
    pilot.app.brief(entry(pilot.app, name))
    await pilot.pause()
    await press(pilot, "enter", "enter")
    return pilot.app.screen


def page(app: BedsideApp) -> str:
    """What the screen says, in every sheet of it."""
    return "\n".join(one.text for one in app.screen.query(Sheet))


def flat(app: BedsideApp) -> str:
    """The same as one line."""
    return " ".join(page(app).split())


def bar(app: BedsideApp) -> str:
    found = app.screen.query_one("#bar")
    return f"{found.title}|{found.middle}|{found.right}"  # type: ignore[attr-defined]


def labels(app: BedsideApp, id_: str = "#choices") -> list[str]:
    return [one.text for one in app.screen.query_one(id_, Picker).items]


def told(app: BedsideApp) -> list[str]:
    """The notifications."""
    return [str(one.message) for one in app._notifications]


def logged(store: Store) -> list[dict[str, Any]]:
    """The events of the only log."""
    (path,) = store.logs()
    return read_log(path.read_bytes()).events


def names(store: Store) -> list[str]:
    return [one["event"] for one in logged(store)]
