"""The XML of WeChat and WeCom as a dictionary; entities, document types and outside references are refused."""

from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

Fields = dict[str, Any]
"""Texts by the name of their element; an element with elements inside is a dictionary again, several are a list."""

DEEPEST = 6
"""Elements within each other; the deepest that either messenger sends is four."""


class XmlError(Exception):
    """A body is no XML, or none that a messenger sends."""


def read_fields(body: bytes | str) -> Fields:
    """The fields below the root; raises `XmlError`."""
    try:
        root = fromstring(body, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise XmlError(type(error).__name__) from error
    fields = _fields(root, DEEPEST)
    return fields if isinstance(fields, dict) else {}


def text(fields: Fields, name: str) -> str:
    """One text of the fields as a database can keep it (no NUL, no half of a character), "" when it is not there."""
    found = fields.get(name, "")
    return found.replace("\0", "") if isinstance(found, str) else ""


def _fields(element: Element, depth: int) -> Fields | str:
    if not len(element) or not depth:
        return element.text or ""
    found: Fields = {}
    for child in element:
        value = _fields(child, depth - 1)
        if child.tag in found:
            before = found[child.tag]
            found[child.tag] = [*before, value] if isinstance(before, list) else [before, value]
        else:
            found[child.tag] = value
    return found
