"""The command palette: encounters, sessions, screens and colours by typing."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual.command import DiscoveryHit, Hit, Hits, Provider

from simulator.library.settings import THEME_NAMES
from simulator.tui.literal import content, literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from simulator.tui.app import BedsideApp


class ColourCommands(Provider):
    """Colours by name: all that every app of Bedside has."""

    def _commands(self) -> Iterator[tuple[str, str, Callable[[], None]]]:
        app = cast("BedsideApp", self.app)
        for name in THEME_NAMES:
            yield f"Colours: {name}", "For this session; settings.yaml keeps them", lambda n=name: app.paint(n)  # type: ignore[misc]

    async def discover(self) -> Hits:
        """All of them, before anything is typed."""
        for text, about, run in self._commands():
            yield DiscoveryHit(content(text), run, text=literal(text), help=literal(about))

    async def search(self, query: str) -> Hits:
        """Those that fit what is typed."""
        matcher = self.matcher(query)
        for text, about, run in self._commands():
            score = matcher.match(literal(text))
            if score > 0:
                yield Hit(score, content(text), run, text=literal(text), help=literal(about))


class BedsideCommands(ColourCommands):
    """Everything that can be reached by name."""

    def _commands(self) -> Iterator[tuple[str, str, Callable[[], None]]]:
        app = cast("BedsideApp", self.app)
        for entry in app.desk.entries:
            yield f"Play: {entry.scenario.title}", str(entry.scenario.level), lambda e=entry: app.brief(e)  # type: ignore[misc]
        for one in sorted(app.desk.sessions, key=lambda one: one.session, reverse=True)[:50]:
            about = f"{one.scenario}, {one.learner}, {one.started[:10]}"
            if one.status == "finished":
                yield f"Debrief: {about}", one.ending, lambda s=one.session: app.reopen(s)  # type: ignore[misc]
            elif one.status == "unfinished":
                yield f"Go on: {about}", f"{one.choices} made", lambda s=one.session: app.resume(s)  # type: ignore[misc]
        yield "Library", "Every encounter", app.home
        yield "Sessions", "What was played", app.show_sessions
        yield from super()._commands()
        yield "Leave Bedside", "Everything is saved", app.exit
