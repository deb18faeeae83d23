"""Telephone numbers, e-mail addresses, identity, card and account numbers are blotted out before anything is kept.

No answer needs them, and visitors type them all the same. Masked at the edge, they are in no queue, history, tracker,
log or list of unanswered questions (Law 91/2025/QH15 on personal data asks for no more than is needed).
"""

from __future__ import annotations

import re

from phonenumbers import PhoneNumberMatcher

MASK = "•••"
HOME = "VN"  # numbers without a country code are Vietnamese
FEWEST_DIGITS = 7  # of anything masked
EMAIL = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")
# Identity cards have 12 digits (9 before 2012), accounts 9–16, payment cards 13–19; passports a letter and 7–8.
NUMBER = re.compile(r"(?<![\w.,/-])\d(?:[ .-]?\d){8,18}(?![\w/]|[.,]\d)")
PASSPORT = re.compile(r"(?<!\w)[A-Za-z]\d{7,8}(?!\w)")
ROUND = re.compile(r"0{3}$")
THOUSANDS = re.compile(r"\d{1,3}(?:[ .]\d{3})+")
DATE = re.compile(r"\d{1,2}[ .-]\d{1,2}[ .-](?:\d{4}|\d{2})(?:[ .-]+\d{1,2}[ .-]\d{1,2}[ .-](?:\d{4}|\d{2}))?")


def mask(text: str) -> str:
    """The text with ``MASK`` in place of what tells who somebody is. Sums of money and dates stay."""
    if "@" in text:
        text = EMAIL.sub(MASK, text)
    if sum(character.isdecimal() for character in text) < FEWEST_DIGITS:
        return text
    for found in reversed(list(PhoneNumberMatcher(text, HOME))):
        text = f"{text[: found.start]}{MASK}{text[found.end :]}"
    return PASSPORT.sub(MASK, NUMBER.sub(_number, text))


def _number(found: re.Match[str]) -> str:
    said = found[0]
    harmless = ROUND.search(said) or THOUSANDS.fullmatch(said) or DATE.fullmatch(said)
    return said if harmless else MASK
