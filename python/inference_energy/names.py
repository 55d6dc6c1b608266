"""Find what a person means by a name: forgiving about how it is written, never about which of several it is."""

from __future__ import annotations

import csv
import difflib
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

# Who makes or publishes is said by some and left out by others.
VENDORS = frozenset({"amd", "google", "intel", "meta", "microsoft", "nvidia", "openai", "qwen"})
# A shorter text is in too many names to mean one: the KR of South Korea is in Ukraine.
SHORTEST_PART = 3
MOST_LISTED = 12
# Two-letter codes and everyday names, by the code of three letters: to suggest a country, never to take one.
COUNTRY_NAMES = Path(__file__).with_name("country_names.csv")


@dataclass(frozen=True)
class Entry:
    """Something with an id, the name that people know it by and, where it is on record, who makes it."""

    id: str
    name: str
    maker: str | None = None


class UnknownNameError(ValueError):
    """No entry has this name; the message lists those that may be meant.

    Parameters
    ----------
    message
        What to say.
    near
        The entries that may be meant.
    """

    def __init__(self, message: str, near: Sequence[Entry] = ()) -> None:
        super().__init__(message)
        self.near = list(near)


class AmbiguousNameError(UnknownNameError):
    """Several entries may have this name."""


def find(written: str, entries: Sequence[Entry], kind: str) -> Entry:
    """Return the one entry that a text names.

    It is the entry whose id is the text; else the one that is the same without regard to case, accents, blanks and
    marks; else, without the vendor in front, unless a text names another vendor than the entry's (``AMD A100``); else
    the only one that holds the text as whole parts of its id or name (``llama-3.1-8b`` in
    ``meta-llama-llama-3-1-8b-instruct``, but not ``gpt-4`` in ``gpt-4o``) while no longer word of another begins with
    it (``mi300``, of which there are an ``a`` and an ``x``). Numbers keep their borders (``3 170b`` is not
    ``3.1-70b``), and a number alone names nothing by a part. Of countries a part is never taken: Africa is none, and
    of a name of one word that others hold too, such as Congo, nobody knows which is meant.

    Parameters
    ----------
    written
        As the person wrote it.
    entries
        Those to choose from, each with an id of its own.
    kind
        What they are, for messages: ``model``, ``accelerator``.

    Raises
    ------
    UnknownNameError
        When no entry answers to the text.
    AmbiguousNameError
        When more than one does.
    """
    parts = parts_of(written)
    whole = joined(parts)
    ways: tuple[Callable[[Entry], bool], ...] = (
        lambda entry: entry.id == written,
        lambda entry: joined(parts_of(entry.id)) == whole,
        lambda entry: joined(parts_of(entry.name)) == whole,
        lambda entry: any(_is_but_for_vendor(parts, parts_of(text), entry.maker) for text in (entry.id, entry.name)),
        lambda entry: not whole.isdigit() and any(_holds(parts_of(text), whole) for text in (entry.id, entry.name)),
    )
    for place, way in enumerate(ways if whole else ()):
        found = [entry for entry in entries if way(entry)]
        is_part_of_name = place == len(ways) - 1
        if found and is_part_of_name:
            found = list(dict.fromkeys([*found, *others_like(written, None, entries)]))
        elif found and kind == "country" and len(parts) == 1 and place > 1:
            found = list(dict.fromkeys([*found, *filter(ways[-1], entries)]))
        if len(found) == 1 and not (is_part_of_name and kind == "country"):
            return found[0]
        if len(found) > 1:
            raise AmbiguousNameError(
                f'"{written}" may be any of {len(found)}: {listed(found)}; name one of them', found
            )
    is_short_code = kind == "country" and len(whole) == 2
    expected = "; expected a code of three letters or a name" if is_short_code else ""
    near = (by_other_name(whole, entries) if kind == "country" else []) or near_misses(whole, entries)
    hint = f"; near it: {listed(near)}" if near else ""
    raise UnknownNameError(f'there is no {kind} "{written}"{expected}{hint}', near)


def suggestions(written: str, entries: Sequence[Entry], kind: str) -> list[Entry]:
    """Return the entry that a text names, or else those that may be meant; the parameters are those of `find`."""
    try:
        return [find(written, entries, kind)]
    except UnknownNameError as error:
        return error.near


def others_like(written: str, taken: Entry | None, entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries but one that hold a text, or a longer word that begins with it, in their id or name."""
    whole = joined(parts_of(written))
    return [
        entry
        for entry in entries
        if entry != taken and any(_holds(parts_of(text), whole, or_begins=True) for text in (entry.id, entry.name))
    ]


def by_other_name(whole: str, entries: Sequence[Entry]) -> list[Entry]:
    """Return the countries with this two-letter code or everyday name, a text without blanks and marks."""
    ids = _countries_by_other_name().get(whole, ())
    return [entry for entry in entries if entry.id in ids]


@cache
def _countries_by_other_name() -> dict[str, list[str]]:
    countries: dict[str, list[str]] = {}
    with COUNTRY_NAMES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            names = [row["iso2"], *filter(None, row["other_names"].split(";"))]
            for name in names:
                countries.setdefault(joined(parts_of(name)), []).append(row["country_iso3"])
    return countries


def near_misses(whole: str, entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries whose id or name comes close to a text without blanks and marks, the closest first."""
    texts: dict[str, list[Entry]] = {}
    for entry in entries:
        for text in (entry.id, entry.name):
            texts.setdefault(joined(parts_of(text)), []).append(entry)
    close = difflib.get_close_matches(whole, texts, n=5, cutoff=0.6)
    close += [text for text in texts if len(whole) >= SHORTEST_PART and whole in text]
    return list(dict.fromkeys(entry for text in close for entry in texts[text]))[:5]


def parts_of(text: str) -> list[str]:
    """Return the runs of letters and digits of a text, without case and accents."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return re.findall(r"[^\W_]+", "".join(sign for sign in plain if not unicodedata.combining(sign)))


def joined(parts: Sequence[str]) -> str:
    """Return parts as one text, with a full stop between two digits, so that 3 and 170 are not 31 and 70."""
    return re.sub(r"(?<=\d) (?=\d)", ".", " ".join(parts)).replace(" ", "")


def _is_but_for_vendor(written: list[str], parts: list[str], maker: str | None) -> bool:
    """Return whether two texts are the same without the vendors in front, of which a written one must be the maker."""
    said, bare = _vendor_and_rest(written)
    own, rest = _vendor_and_rest(parts)
    makers = {own, *parts_of(maker or "")}
    return joined(bare) == joined(rest) and (said is None or said in makers)


def _vendor_and_rest(parts: list[str]) -> tuple[str | None, list[str]]:
    return (parts[0], parts[1:]) if len(parts) > 1 and parts[0] in VENDORS else (None, parts)


def _holds(parts: list[str], whole: str, *, or_begins: bool = False) -> bool:
    """Return whether some parts that follow each other make up a text, or else begin with it."""
    if len(whole) < SHORTEST_PART:
        return False
    if or_begins:
        return any(joined(parts[i:]).startswith(whole) for i in range(len(parts)))
    return any(joined(parts[i:j]) == whole for i in range(len(parts)) for j in range(i + 1, len(parts) + 1))


def listed(entries: Sequence[Entry]) -> str:
    """Return ids, with names where these say more, up to ``MOST_LISTED`` of them."""
    shown = [
        entry.id if parts_of(entry.id) == parts_of(entry.name) else f"{entry.id} ({entry.name})"
        for entry in entries[:MOST_LISTED]
    ]
    more = len(entries) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more > 0 else "")
