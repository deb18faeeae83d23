"""What sky a WMO weather code stands for, as Open-Meteo lists the codes (https://open-meteo.com/en/docs)."""

from __future__ import annotations

_CODES = {
    "clear": (0, 1),
    "fair": (2,),
    "cloudy": (3,),
    "fog": (45, 48),
    "drizzle": (51, 53, 55, 56, 57),
    "rain": (61, 63, 66, 80, 81),
    "heavy_rain": (65, 67, 82),
    "snow": (71, 73, 75, 77, 85, 86),
    "storm": (95, 96, 99),
}
SKIES = tuple(_CODES)
_SKY_OF = {code: sky for sky, codes in _CODES.items() for code in codes}


def sky(code: int) -> str:
    """One of ``SKIES``. Raises KeyError for a code that is none of the WMO's table 4677 as the service uses it."""
    return _SKY_OF[code]
