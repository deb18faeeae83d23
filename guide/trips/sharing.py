"""'Gửi cho tôi': the kept trip's page, calendar and map files as attachments, with the link in the text."""

from __future__ import annotations

from dataclasses import replace
from typing import Callable

from guide.answers.reply import Attachment
from guide.planner.itinerary import Itinerary
from guide.trips import links
from guide.trips.planning import shown
from guide.trips.scene import Outcome, Scene
from guide.trips.state import TripState

Keep = Callable[[Itinerary, str], str]  # keeps a plan in a language, gives its id


def share(scene: Scene, state: TripState, keep: Keep) -> Outcome:
    """Keep the plan and say where it is: its page, an .ics, a .gpx. Nothing of the visitor is kept with it."""
    assert state.plan is not None
    id_ = keep(state.plan, scene.lang)
    page = links.page_url(id_, scene.lang)
    files = (("page", page), ("calendar", links.ics(id_, scene.lang)), ("gpx", links.gpx(id_, scene.lang)))
    told = shown(scene, state, scene.phrase("shared", page=page, calendar=files[1][1], gpx=files[2][1]))
    attachments = tuple(Attachment(kind, scene.phrase(f"file_{kind}"), url) for kind, url in files)
    likely = tuple(option for option in told.reply.quick_replies if option.payload != "plan:share")
    return Outcome(state, replace(told.reply, cards=(), attachments=attachments, quick_replies=likely))
