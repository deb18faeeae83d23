"""Where something is: typed, pasted from a map, or picked on a small one."""

from __future__ import annotations

import re
from typing import Any, Mapping, Optional

from django import forms

from guide.sitedb import values as v
from web.console.fact_forms import FactForm
from web.console.kinds import PARTS, POSITION
from web.console.page import site
from web.console.words import say

PASTED = "pasted"
_NUMBER = r"(-?\d{1,3}[.]\d+)"
# What people copy: "21.16, 106.71", and the addresses of Google Maps, OpenStreetMap and Zalo's map links.
_PAIRS = (
    re.compile(rf"!3d{_NUMBER}!4d{_NUMBER}"),  # the pin itself, rather than the middle of the picture
    re.compile(rf"mlat={_NUMBER}&mlon={_NUMBER}"),
    re.compile(rf"@{_NUMBER},{_NUMBER}"),
    re.compile(rf"(?:[?&](?:q|ll|query|destination|center)=|/)(?:loc:)?{_NUMBER}(?:,|%2C)\+?{_NUMBER}"),
    re.compile(rf"#map=\d+/{_NUMBER}/{_NUMBER}"),
    re.compile(rf"^\(?\s*{_NUMBER}\s*[,; ]\s*{_NUMBER}\s*\)?$"),
    re.compile(r"^(-?\d{1,3},\d+)\s*[; ]\s*(-?\d{1,3},\d+)$"),
)
_DEGREES = re.compile(r"""(\d{1,3})\s*°\s*(\d{1,2})\s*['′’]\s*([\d.]+)\s*(?:["″”]|'')\s*([NSEW])""")


def position_in(text: str) -> Optional[tuple[float, float]]:
    """(latitude, longitude) in what was pasted; None when there is none in it, or one outside the region."""
    degrees = _DEGREES.findall(text)
    if len(degrees) == 2:
        pair = [int(d) + int(m) / 60 + float(s) / 3600 for d, m, s, _ in degrees]
    else:
        found = next((match for pattern in _PAIRS if (match := pattern.search(text.strip()))), None)
        if found is None:
            return None
        pair = [float(number.replace(",", ".")) for number in found.groups()]
    if v.check(v.Lat, pair[0])[1] or v.check(v.Lon, pair[1])[1]:
        return None
    return round(pair[0], 6), round(pair[1], 6)


class PositionForm(FactForm):
    """Latitude and longitude, or something pasted that has both."""

    def __init__(
        self, lang: str, kind: str, values: Mapping[str, Any], data: Any, names: tuple[str, ...] = PARTS[POSITION]
    ) -> None:
        super().__init__(lang, kind, names, values, data)
        label, hint = say(lang, "label.pasted"), say(lang, "hint.pasted")
        widget = forms.TextInput(attrs={"autocomplete": "off", "data-paste": ""})
        self.fields[PASTED] = forms.CharField(required=False, label=label, help_text=hint, widget=widget)

    def clean(self) -> dict[str, Any]:
        """What was pasted goes before what was typed."""
        data = super().clean()
        pasted = data.pop(PASTED, None)
        if pasted:
            found = position_in(pasted)
            if found is None:
                self.add_wrong(PASTED, "mistake.pasted")
            else:
                data["lat"], data["lon"] = found
        elif (data.get("lat") is None) != (data.get("lon") is None) and not self.errors:
            self.add_wrong("lon" if data.get("lon") is None else "lat", "mistake.both_numbers")
        return data

    def around(self) -> dict[str, Any]:
        """What the small map shows: towns and sites that are known, each (name, latitude, longitude, weight)."""
        known = site()
        spots = [
            (place.name.in_(self.lang), place.location.lat, place.location.lon, 2 if place.kind == "city" else 1)
            for place in known.all("place")
            if place.location
        ]
        return {"spots": spots, "ground": [20.7, 106.0, 21.6, 107.8]}
