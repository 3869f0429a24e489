"""The catalogue itself: the same texts with the same arguments in both languages, and no markup but emphasis."""

import re
from functools import cache
from itertools import permutations

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl
from fluent.syntax.visitor import Visitor

from services.words import FOLDER, LANGUAGES


class Catalogue(Visitor):
    """The keys of one language with their variables, and what does not belong there."""

    def __init__(self, language: str) -> None:
        self.variables: dict[str, set[str]] = {}
        self.shown: dict[str, set[str]] = {}
        """Without those that only choose a variant: English has a plural where Chinese has none."""
        self.quoted: dict[str, set[str]] = {}
        """Which other texts stand in a text."""
        self.twice: list[str] = []
        self.junk: list[str] = []
        self.texts: list[tuple[str, str]] = []
        for file in sorted((FOLDER / language).glob("*.ftl")):
            self.visit(FluentParser().parse(file.read_text(encoding="utf-8")))
        for key, others in self.quoted.items():
            for other in others:
                self.variables[key] |= self.variables[other]

    def visit_Message(self, node: ftl.Message) -> None:  # noqa: N802 - named by the library
        self._key = node.id.name
        if self._key in self.variables:
            self.twice.append(self._key)
        self.variables[self._key], self.shown[self._key], self.quoted[self._key] = set(), set(), set()
        self.generic_visit(node)

    def visit_VariableReference(self, node: ftl.VariableReference) -> None:  # noqa: N802
        self.variables[self._key].add(node.id.name)

    def visit_MessageReference(self, node: ftl.MessageReference) -> None:  # noqa: N802
        self.quoted[self._key].add(node.id.name)

    def visit_Placeable(self, node: ftl.Placeable) -> None:  # noqa: N802
        if isinstance(node.expression, ftl.VariableReference):
            self.shown[self._key].add(node.expression.id.name)
        self.generic_visit(node)

    def visit_TextElement(self, node: ftl.TextElement) -> None:  # noqa: N802
        self.texts.append((self._key, node.value))

    def visit_Junk(self, node: ftl.Junk) -> None:  # noqa: N802
        self.junk.append(node.content or "")


@cache
def catalogue(language: str) -> Catalogue:
    """The catalogue of a language, read once."""
    return Catalogue(language)


def test_both_languages_have_the_same_texts() -> None:
    chinese, english = (set(catalogue(language).variables) for language in LANGUAGES)
    assert chinese - english == set()
    assert english - chinese == set()


@pytest.mark.parametrize(("one", "other"), list(permutations(LANGUAGES, 2)))
def test_an_argument_that_one_language_shows_is_used_in_the_other(one: str, other: str) -> None:
    used = catalogue(other).variables
    lost = {key: shown - used[key] for key, shown in catalogue(one).shown.items() if shown - used[key]}
    assert lost == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogue_can_be_read_and_has_no_text_twice(language: str) -> None:
    found = catalogue(language)
    assert found.junk == []
    assert found.twice == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_only_markup_of_the_catalogue_is_emphasis(language: str) -> None:
    for key, text in catalogue(language).texts:
        assert "<" not in re.sub(r"</?b>", "", text), key
    for key in catalogue(language).variables:
        whole = "".join(text for of, text in catalogue(language).texts if of == key)
        tags = re.findall(r"</?b>", whole)
        assert tags.count("<b>") == tags.count("</b>"), key
