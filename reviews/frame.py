"""What stands around every page of one case, and how higher apps add to it.

Apps register from `apps.ready()` (a module `tabs.py`): tabs, where a step of the rail leads, blocks of the
overview, and what somebody can do next. `reviews` itself never asks who registered.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.urls import Resolver404, resolve

from reviews.pages import address_of
from reviews.queries.rail import rail_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from reviews.access import Seat
    from reviews.permissions import Ability

    NextProvider = Callable[[Seat], Iterable["Next"]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """One entry of a case's sub-navigation. `url_name` takes the case's slug; `shows` may hide it further."""

    key: str
    label: str
    url_name: str
    ability: Ability
    position: int
    shows: Callable[[Seat], bool] | None = None

    def is_for(self, seat: Seat) -> bool:
        """Whether this person can open it now."""
        return seat.can(self.ability) and (self.shows is None or self.shows(seat))


@dataclass(frozen=True, slots=True)
class TabLink:
    """A tab as the page shows it."""

    key: str
    label: str
    url: str
    current: bool
    count: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A part of the overview: a template and what it needs; nothing is shown when `context` returns None.

    `place` is "content" or "aside".
    """

    key: str
    template: str
    context: Callable[[Seat], Mapping[str, Any] | None]
    ability: Ability
    position: int
    place: str = "content"


@dataclass(frozen=True, slots=True)
class Next:
    """Something that a person can do now: a sentence, and a button that leads to the page where it is done."""

    text: str
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class ShownBlock:
    """A block with its context, ready to include."""

    template: str
    context: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Door:
    """Who can open a page of a case: an ability, and what else has to be true."""

    ability: Ability
    shows: Callable[[Seat], bool] | None = None


_tabs: dict[str, Tab] = {}
_doors: dict[str, Door] = {}
_blocks: dict[str, Block] = {}
_rail_targets: dict[str, tuple[str, Ability]] = {}
_nexts: list[NextProvider] = []


def register_tab(tab: Tab) -> None:
    """Add an entry to the sub-navigation of every case."""
    _tabs[tab.key] = tab
    register_door(tab.url_name, tab.ability)


def register_door(url_name: str, ability: Ability, shows: Callable[[Seat], bool] | None = None) -> None:
    """Say who can open a page of a case, so that lists of what is missing lead only those there who can enter."""
    _doors[url_name] = Door(ability, shows)


def register_rail_target(step: str, url_name: str, ability: Ability) -> None:
    """Let a step of the rail (preparation, self_assessment, visit, report, follow_up) lead to a page of the case."""
    _rail_targets[step] = (url_name, ability)


def register_overview_block(block: Block) -> None:
    """Add a part to the overview of every case."""
    _blocks[block.key] = block


def register_next(provider: NextProvider) -> NextProvider:
    """Let `provider` say what a person can do next in a case; it must cost few queries and check abilities.

    Works as a decorator too.
    """
    if provider not in _nexts:
        _nexts.append(provider)
    return provider


def case_frame(seat: Seat, current: str = "") -> dict[str, Any]:
    """The context of `case_base.html`: `seat`, `rail`, `tabs`, and `deadlines` by kind. One query.

    `current` is the key of the tab to which the page belongs.
    """
    deadlines = {row.kind: row for row in seat.case.milestones.all()}
    return {
        "seat": seat,
        "deadlines": deadlines,
        "rail": rail_of(seat.case, deadlines, _rail_urls(seat)),
        "tabs": [
            TabLink(tab.key, tab.label, address_of(tab.url_name, seat.case.slug), tab.key == current)
            for tab in sorted(_tabs.values(), key=lambda tab: tab.position)
            if tab.is_for(seat)
        ],
    }


def opens(seat: Seat, url: str) -> bool:
    """Whether the page at an address lets this person in now; what nobody registered counts as open. No query."""
    door = _doors.get(_name_of(url.partition("#")[0].partition("?")[0]))
    return door is None or (seat.can(door.ability) and (door.shows is None or door.shows(seat)))


@lru_cache(maxsize=1024)
def _name_of(path: str) -> str:
    """The name of the view at an address: a page asks for the same few again and again."""
    try:
        return resolve(path).view_name
    except Resolver404:
        return ""


def _rail_urls(seat: Seat) -> dict[str, str]:
    return {
        step: address_of(url_name, seat.case.slug)
        for step, (url_name, ability) in _rail_targets.items()
        if seat.can(ability)
    }


def overview_blocks(seat: Seat, place: str) -> list[ShownBlock]:
    """The registered parts of the overview that this person may see and that have something to show."""
    shown = [
        (block, block.context(seat))
        for block in sorted(_blocks.values(), key=lambda block: block.position)
        if block.place == place and seat.can(block.ability)
    ]
    return [ShownBlock(block.template, context) for block, context in shown if context is not None]


def next_for(seat: Seat) -> list[Next]:
    """What this person can do now, in the order of registration."""
    return [item for provider in _nexts for item in provider(seat)]
