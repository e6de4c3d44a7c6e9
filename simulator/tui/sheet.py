"""Pages of text that reflow: rows of spans, laid out for the width there is, drawn line by line.

A widget for each paragraph costs milliseconds and kilobytes; a sheet costs neither, and its text is literal by
construction, since a segment knows no markup.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from rich.segment import Segment
from textual.actions import SkipAction
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from simulator.tui.keys import bind
from simulator.tui.literal import literal, wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.binding import BindingType

MEASURE = 72  # columns of prose that are still easy to read


class Row(NamedTuple):
    """One line on the screen: (text, look) spans, and the number of the item it belongs to, if any."""

    spans: tuple[tuple[str, str], ...] = ()
    item: int = -1


def plain(text: str, width: int, look: str = "text", indent: int = 0) -> list[Row]:
    """A text as rows of one look, filled to the measure."""
    pad = " " * indent
    return [Row(((pad + line, look),)) for line in wrapped(text, min(MEASURE, width - indent - 1))]


class Sheet(ScrollView):
    """A page of rows. Subclasses say what `rows` there are at a width."""

    can_focus = True
    LOOKS: ClassVar = ("text", "quiet", "name", "strong", "accent", "heading", "rule", "marked")
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"sheet--{look}" for look in LOOKS}

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._rows: list[Row] = []
        self.marked = -1  # the item that stands out

    def rows(self, width: int) -> list[Row]:
        """The rows at a width, in columns."""
        raise NotImplementedError

    def lay_out(self) -> None:
        """Make the rows anew, after a change of text or width."""
        width = self.scrollable_content_region.width
        if width <= 0:
            return
        self._rows = self.rows(width)
        self.virtual_size = Size(width, len(self._rows))
        self.refresh(layout=self.styles.is_auto_height)

    @property
    def text(self) -> str:
        """What is on the page, for tests and for reading aloud."""
        return "\n".join("".join(span[0] for span in row.spans).rstrip() for row in self._rows)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as there are rows."""
        return len(self.rows(width)) if width > 0 else 0

    def on_resize(self, event: events.Resize) -> None:
        """Reflow."""
        self.lay_out()

    def notify_style_update(self) -> None:
        """Colours changed: draw anew."""
        super().notify_style_update()
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        number = y + self.scroll_offset.y
        width = self.scrollable_content_region.width
        base = self.rich_style
        if number >= len(self._rows):
            return Strip.blank(width, base)
        row = self._rows[number]
        is_marked = row.item >= 0 and row.item == self.marked
        segments = []
        for text, look in row.spans:
            style = self.get_component_rich_style(f"sheet--{look}")
            if is_marked:
                style += self.get_component_rich_style("sheet--marked")
            segments.append(Segment(literal(text), style))
        fill = self.get_component_rich_style("sheet--marked") if is_marked else base
        return Strip(segments).adjust_cell_length(width, fill)


class Text(Sheet):
    """Plain paragraphs, scrolled with the arrows."""

    def __init__(self, text: str = "", *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.source = text

    def show(self, text: str) -> None:
        """Another text."""
        self.source = text
        self.lay_out()

    def rows(self, width: int) -> list[Row]:
        """Lines that begin with “— ” are headings."""
        found: list[Row] = []
        for line in self.source.split("\n"):
            is_heading = line.startswith("— ") and line.endswith(" —")
            indent = len(line) - len(line.lstrip())
            shown = line.strip("— ") if is_heading else line.strip()
            found += plain(shown, width, "heading" if is_heading else "text", indent) if shown else [Row()]
        return found


@dataclass
class Item:
    """One entry of a list: a `head` (number, verb), its text, and a quiet line below."""

    text: str
    head: str = ""
    below: str = ""
    look: str = "text"


class Picker(Sheet):
    """A list to choose from: by arrows and enter, by number, or by mouse."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("item-up", "up", "", show=False),
        bind("item-down", "down", "", show=False),
        bind("item-take", "take", "choose", show=False),
    ]

    class _About(Message):
        def __init__(self, picker: Picker, item: int) -> None:
            super().__init__()
            self.picker, self.item, self.turn = picker, item, picker.turn

        @property
        def control(self) -> Picker:
            """The list, for `@on` selectors."""
            return self.picker

        @property
        def is_late(self) -> bool:
            """Whether the list has changed since: what was meant is not there any more."""
            return self.turn != self.picker.turn

    class Picked(_About):
        """An item was chosen."""

    class Moved(_About):
        """Another item stands out. No kind of `Picked`: a handler of that would be called for this, too."""

    def __init__(
        self, items: Sequence[Item] = (), *, marked: int = 0, id: str | None = None, classes: str | None = None
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.items: list[Item] = list(items)
        self.gap = 0  # empty lines between items
        self.turn = 0  # how often the list has changed
        self.marked = marked if self.items else -1

    def show(self, items: Sequence[Item], marked: int = 0) -> None:
        """Another list."""
        self.items = list(items)
        self.turn += 1
        self.marked = min(marked, len(self.items) - 1)
        self.lay_out()
        self.scroll_home(animate=False)
        self.call_after_refresh(self._reveal)

    def rows(self, width: int) -> list[Row]:
        """Each item with a hanging indent."""
        found: list[Row] = []
        for number, item in enumerate(self.items):
            if number and self.gap:
                found += [Row()] * self.gap
            found += self._item_rows(number, item, width)
        return found

    def _item_rows(self, number: int, item: Item, width: int) -> list[Row]:
        room = min(MEASURE, width - len(item.head) - 2)
        if room < 16:  # too narrow for a hanging text: the head gives way
            lines = wrapped(f"{item.head.strip()} {item.text}".strip(), width - 2)
            below = wrapped(item.below, width - 2) if item.below else []
            looks = [(line, item.look) for line in lines] + [(line, "quiet") for line in below]
            return [Row(((f" {line}", look),), number) for line, look in looks]
        pad = " " * len(item.head)
        rows = [
            Row(((" ", "text"), (item.head if n == 0 else pad, "accent"), (line, item.look)), number)
            for n, line in enumerate(wrapped(item.text, room))
        ]
        if item.below:
            rows += [Row(((f" {pad}{line}", "quiet"),), number) for line in wrapped(item.below, room)]
        return rows

    def move_to(self, item: int) -> None:
        """Let an item stand out."""
        if self.items:
            self.marked = max(0, min(item, len(self.items) - 1))
            self.refresh()
            self._reveal()
            self.post_message(self.Moved(self, self.marked))

    def _reveal(self) -> None:
        lines = [n for n, row in enumerate(self._rows) if row.item == self.marked]
        if lines:
            top, bottom, height = lines[0], lines[-1], self.scrollable_content_region.height
            if top < self.scroll_offset.y:
                self.scroll_to(y=top, animate=False)
            elif bottom >= self.scroll_offset.y + height:
                self.scroll_to(y=bottom - height + 1, animate=False)

    def take(self, item: int) -> None:
        """Choose an item, if there is one of that number."""
        if 0 <= item < len(self.items):
            self.marked = item
            self.refresh()
            self.post_message(self.Picked(self, item))

    def action_up(self) -> None:
        """The item above."""
        self.move_to(self.marked - 1)

    def action_down(self) -> None:
        """The item below."""
        self.move_to(self.marked + 1)

    def action_take(self) -> None:
        """Choose the item that stands out; where none does, the key is for the screen."""
        if self.marked < 0:
            raise SkipAction
        self.take(self.marked)

    def on_click(self, event: events.Click) -> None:
        """Choose what was clicked; the second click of a double click was not meant for what has come since."""
        if event.chain > 1:
            return
        line = event.get_content_offset(self)
        if line is not None:
            number = line.y + self.scroll_offset.y
            if number < len(self._rows):
                self.take(self._rows[number].item)
