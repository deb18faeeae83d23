"""The forecast for a place, from an open weather service; months' usual weather is the site database's.

``Sky`` is what an answer asks: ``Forecaster`` for the service itself, anything with the same call in tests.
"""

from guide.weather.forecaster import Forecaster, Sky
from guide.weather.outlook import Day, NoOutlook, Outlook

__all__ = ["Day", "Forecaster", "NoOutlook", "Outlook", "Sky"]
