"""From a Question to a Reply: every answer is rendered from rows of the site database, in the visitor's language."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Sequence

from guide.answers import elsewhere
from guide.answers.compose import finish, merge
from guide.answers.payload import to_payload
from guide.answers.question import Question
from guide.answers.reply import Reply
from guide.answers.topics import NAMES, Topic, topic_of
from guide.answers.unknown import staff_answer
from guide.answers.wording import Wording, wording_for

if TYPE_CHECKING:
    from guide.sitedb import SiteDb

__all__ = ["TOPICS", "Question", "Reply", "UnknownTopic", "answer", "answer_all"]

TOPICS: tuple[str, ...] = NAMES
MAX_SUBJECTS = 3  # more in one answer would be a wall of text


class UnknownTopic(KeyError):
    """There is no answer of that topic."""

    def __init__(self, topic: str) -> None:
        super().__init__(topic)
        self.topic = topic

    def __str__(self) -> str:
        return f"There is no topic '{self.topic}'; there are: {', '.join(TOPICS)}"


def answer(site: SiteDb, question: Question) -> Reply:
    """Answer a question; UnknownTopic when its topic has no renderer. See ``answer_all``."""
    return answer_all(site, [question])


def answer_all(site: SiteDb, questions: Sequence[Question]) -> Reply:
    """Answer questions, at least one, in order in one Reply; UnknownTopic when one's topic has no renderer.

    A subject that is not in the region is corrected; several subjects are answered in turn. What staff wrote for a
    very question comes before what is rendered; what they wrote for one like it, before "not known".
    """
    first, wording = questions[0], wording_for(questions[0].lang)
    replies, notices = [], False
    for question in questions:
        body = _body(site, replace(question, room=question.room // len(questions)), wording)
        replies.append(body if body.known else staff_answer(site, question) or body)
        notices = notices or _tells_notices(question)
    whole = replace(first, subjects=tuple(dict.fromkeys(ref for one in questions for ref in one.subjects)))
    reply = finish(site, whole, wording, [_without_asked(it, questions) for it in replies], notices=notices)
    return replace(reply, known=all(it.known for it in replies))


def _without_asked(reply: Reply, questions: Sequence[Question]) -> Reply:
    """The reply without quick replies that ask what is asked, and answered, in the same message."""
    asked = {to_payload(one.topic, one.subjects[:1]) for one in questions} if len(questions) > 1 else set()
    return replace(reply, quick_replies=tuple(it for it in reply.quick_replies if it.payload not in asked))


def _tells_notices(question: Question) -> bool:
    return topic_of(question.topic).notices and not elsewhere.concerns(question)


def _body(site: SiteDb, question: Question, wording: Wording) -> Reply:
    """The answer to one question, without what frames the whole message."""
    if question.topic not in TOPICS:
        raise UnknownTopic(question.topic)
    topic = topic_of(question.topic)
    if elsewhere.concerns(question):
        return elsewhere.correct(site, question, wording)
    if written := staff_answer(site, question, sure=True):
        return written
    return merge(site, [topic.render(site, part, wording) for part in _parts(question, topic)], wording)


def _parts(question: Question, topic: Topic) -> list[Question]:
    subjects = question.subjects[:MAX_SUBJECTS]
    if topic.together or len(subjects) < 2:
        return [question]
    room = question.room // len(subjects)
    return [
        replace(question, subjects=(one,), beside=tuple(other for other in subjects if other != one), room=room)
        for one in subjects
    ]
