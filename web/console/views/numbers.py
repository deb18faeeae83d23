"""The page of figures, and the same to keep."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from guide.answers.wording import wording_for
from guide.refs import Ref
from guide.visits.tables import KEYS
from web.console.numbers.charts import bars, columns
from web.console.numbers.figures import BY, Figures, Split
from web.console.numbers.period import LENGTHS, Period
from web.console.page import page, site, visits
from web.console.spreadsheets.writing import TYPES, Table, download
from web.console.words import has, say
from web.pages.facts import now

SHOWN = 15  # lines of a table before "and more"


@require_safe
def numbers(request: HttpRequest) -> HttpResponse:
    """Questions of a period by day, topic, place, channel, language and outcome; plans; ratings."""
    period = Period.asked(request.GET, now().date())
    figures, lang = Figures(visits(), period), request.lang  # type: ignore[attr-defined]
    ratings = figures.ratings(ZoneInfo(settings.TIME_ZONE))
    return page(
        request,
        "numbers",
        period=period,
        lengths=[(days, period.last == now().date() and days == period.days) for days in LENGTHS],
        figures=figures,
        chart=columns(list(figures.by_day())),
        tables=[(column, _lines(figures.by(column), column, lang)) for column in BY],
        good=sum(rating.good for rating in ratings),
        bad=sum(not rating.good for rating in ratings),
    )


def _lines(splits: list[Split], column: str, lang: str) -> list[Any]:
    return [(_called(column, bar.split.key, lang), bar) for bar in bars(splits)[:SHOWN]]


def _called(column: str, key: str, lang: str) -> str:
    """What a key of the counts is called by people."""
    if not key:
        return say(lang, f"numbers.no_{column}")
    if column == "place":
        place = site().find(Ref("place", key))
        return place.name.in_(lang) if place else key
    if column == "topic" and f"asked.{key}" in wording_for(lang):
        return wording_for(lang).say(f"asked.{key}")
    name = f"numbers.{column}.{key}"
    return say(lang, name) if has(lang, name) else key


@require_safe
def numbers_file(request: HttpRequest, form: str) -> HttpResponse:
    """The figures as CSV (every count, to work with) or Excel (every count, and the page's tables)."""
    if form not in TYPES:
        raise Http404
    period, lang = Period.asked(request.GET, now().date()), request.lang  # type: ignore[attr-defined]
    figures = Figures(visits(), period)
    tables = [_all(figures, lang), _days(figures, lang), *(_by(figures, column, lang) for column in BY)]
    return download(f"truc-{period.first}-{period.last}", form, tables)


def _all(figures: Figures, lang: str) -> Table:
    headings = [say(lang, f"numbers.column.{name}") for name in (*KEYS, "n")]
    return Table(say(lang, "numbers.all"), headings, figures.everything())


def _days(figures: Figures, lang: str) -> Table:
    rows = [(span.first.isoformat(), span.answered, span.other) for span in figures.by_day()]
    return Table(say(lang, "numbers.column.day"), _headings("day", lang), rows)


def _by(figures: Figures, column: str, lang: str) -> Table:
    rows = [(_called(column, split.key, lang), split.answered, split.other) for split in figures.by(column)]
    return Table(say(lang, f"numbers.column.{column}"), _headings(column, lang), rows)


def _headings(column: str, lang: str) -> list[str]:
    return [say(lang, name) for name in (f"numbers.column.{column}", "numbers.answered", "numbers.other")]
