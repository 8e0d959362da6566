"""How well a value is supported, in words."""

from tanzhe.errors import Words
from tanzhe.model.rules import Confidence
from tanzhe.terms import words_of

SUPPORT: dict[Confidence, Words] = words_of("rulebook.support.support")
