"""What visitors leave, without anything that tells who they are: what was not answered, ratings, counts of turns.

Kept apart from the site database, which can so be copied to many machines as it is.
"""

from guide.visits.records import Count, Rating, Turned, Unanswered
from guide.visits.store import VisitsBroken
from guide.visits.visits import Visits, default_url

__all__ = ["Count", "Rating", "Turned", "Unanswered", "Visits", "VisitsBroken", "default_url"]
