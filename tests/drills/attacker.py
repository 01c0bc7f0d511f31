"""An attacker with every row, every byte of the files, every key and log line, matching answers to asks."""

import hashlib
import itertools
import json
import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias
from uuid import UUID

from sqlalchemy import Connection, text

from store.engine import address, is_sqlite, open_engine
from store.rows import TABLES
from tests.drills.poll import Poll

WORD = re.compile(r"word-[0-9a-f]{12}")
#: How far apart in a file two things may lie to be taken for one row, in bytes.
NEAR = 1_200
SYSTEM = {"sqlite": ("rowid",), "postgresql": ("ctid", "xmin", "xmax", "cmin", "cmax")}

#: One thing that is known of each of some asks, or of each of some answers: whose → the value.
Trait: TypeAlias = dict[Any, Any]
Pairs: TypeAlias = list[tuple[UUID, str]]


@dataclass
class Haul:
    """What the attacker carried off, as traits of asks and traits of answers, each by where it was found."""

    asks: dict[str, Trait] = field(default_factory=dict)
    answers: dict[str, Trait] = field(default_factory=dict)
    #: Pairs that lie there for the taking: in one row, or beside each other in a file.
    found: dict[str, Pairs] = field(default_factory=dict)


def carry_off(poll: Poll) -> Haul:
    """Take everything there is; of the poll only what an attacker with the keys and the logs can have."""
    haul = Haul()
    engine = open_engine(poll.database.url, size=0)
    with engine.connect() as connection:
        for table in TABLES:
            _read_table(connection, table.name, poll.asks, haul)
        files = dict(_read_files(connection, poll.database.url))
    engine.dispose()
    keys = {ask_id: _key_of(token) for ask_id, token in poll.tokens.items()}
    haul.asks["computed.key"] = dict(keys)
    haul.asks["log.line"] = {
        ask_id: next(number for number, line in enumerate(poll.log) if token in line)
        for ask_id, token in poll.tokens.items()
    }
    for name, content in files.items():
        _search_file(name, content, poll.asks, keys, haul)
    return haul


def strategies(haul: Haul) -> Iterator[tuple[str, Pairs]]:
    """Every way of matching: what lies together, what is equal, what has the same place in two orders."""
    yield from haul.found.items()
    ask_orders = {name: _in_order(trait) for name, trait in haul.asks.items()}
    answer_orders = {name: _in_order(trait) for name, trait in haul.answers.items()}
    for (one, asks), (other, answers) in itertools.product(ask_orders.items(), answer_orders.items()):
        yield f"{one} in the order of {other}", list(zip(asks, answers, strict=False))
        yield f"{one} against the order of {other}", list(zip(asks, reversed(answers), strict=False))
        equal = list(_equal(haul.asks[one], haul.answers[other]))
        if equal:
            yield f"{one} equal to {other}", equal


def order_told(trait: Trait, order: Mapping[Any, int]) -> float:
    """How well a trait tells an order: Spearman's rank correlation, from 0 (not at all) to 1, either way."""
    known = [one for one in trait if one in order]
    if len(known) < 3 or len({_sortable(trait[one]) for one in known}) < 2:
        return 0.0
    mine = _ranks([_sortable(trait[one]) for one in known])
    true = _ranks([(0, order[one], "") for one in known])
    middle = (len(known) + 1) / 2
    together = sum((a - middle) * (b - middle) for a, b in zip(mine, true, strict=True))
    spread = math.sqrt(sum((a - middle) ** 2 for a in mine) * sum((b - middle) ** 2 for b in true))
    return abs(together / spread)


def _read_table(connection: Connection, name: str, asks: Mapping[str, UUID], haul: Haul) -> None:
    kind = connection.dialect.name
    system = ", ".join(f'CAST({one} AS TEXT) AS "{one}"' for one in SYSTEM[kind])
    query = text(f"SELECT {system}, {name}.* FROM {name}")  # noqa: S608 - names of our own tables
    for place, row in enumerate(connection.execute(query).mappings()):
        values = {"place": place, **{column: _plain(value) for column, value in row.items()}}
        told = json.dumps(values, default=str)
        whose = {asks[value] for value in values.values() if isinstance(value, str) and value in asks}
        words = set(WORD.findall(told))
        for column, value in values.items():
            for ask_id in whose:
                _add(haul.asks, f"{name}.{column}", ask_id, value)
            for word in words:
                _add(haul.answers, f"{name}.{column}", word, value)
        if whose and words:
            haul.found.setdefault(f"a row of {name}", []).extend(itertools.product(whose, words))


def _add(traits: dict[str, Trait], name: str, whose: Any, value: Any) -> None:
    """Keep the first and the last of several values; nothing is no value."""
    if value is None:
        return
    traits.setdefault(f"{name} first", {}).setdefault(whose, value)
    traits.setdefault(f"{name} last", {})[whose] = value


def _plain(value: Any) -> Any:
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, (dict, list)):
        return json.dumps(value)
    if isinstance(value, str) and (place := re.fullmatch(r"\((\d+),(\d+)\)", value)):
        return int(place[1]) * 100_000 + int(place[2])  # where PostgreSQL keeps a row: page and line
    if isinstance(value, str) and value.isdecimal() and len(value) < 19:
        return int(value)
    return value


def _read_files(connection: Connection, url: str) -> Iterator[tuple[str, bytes]]:
    """The files of the database: SQLite's with its log, or those of PostgreSQL's tables and indexes."""
    if is_sqlite(url):
        whole = Path(str(address(url).database))
        for path in (whole, Path(f"{whole}-wal")):
            if path.exists():
                yield path.suffix, path.read_bytes()
        return
    connection.execute(text("CHECKPOINT"))
    query = "SELECT relname, pg_read_binary_file(pg_relation_filepath(oid)) FROM pg_class"
    ours = "relkind IN ('r', 'i') AND relnamespace = 'public'::regnamespace"
    for name, content in connection.execute(text(f"{query} WHERE {ours}")):
        yield name, bytes(content)


def _search_file(
    name: str, content: bytes, asks: Mapping[str, UUID], keys: Mapping[UUID, str], haul: Haul
) -> None:
    words = [(match.start(), match[0].decode()) for match in re.finditer(WORD.pattern.encode(), content)]
    for place, word in words:
        _add(haul.answers, f"file {name}", word, place)
    signs = [(spelled, ask_id) for value, ask_id in asks.items() for spelled in _spellings(value)]
    signs += [(key.encode(), ask_id) for ask_id, key in keys.items()]
    for sign, ask_id in signs:
        for place in _places(content, sign):
            _add(haul.asks, f"file {name}", ask_id, place)
            behind = next((word for at, word in words if place < at < place + NEAR), None)
            if behind is not None:
                haul.found.setdefault(f"next to each other in {name}", []).append((ask_id, behind))


def _spellings(identifier: str) -> tuple[bytes, bytes]:
    return identifier.encode(), bytes.fromhex(identifier)


def _places(content: bytes, sign: bytes) -> Iterator[int]:
    place = content.find(sign)
    while place >= 0:
        yield place
        place = content.find(sign, place + 1)


def _key_of(token: str) -> str:
    """Whoever reads the source knows what the key is made of."""
    return hashlib.sha256(json.dumps(["ask", token]).encode()).hexdigest()


def _equal(asks: Trait, answers: Trait) -> Iterator[tuple[UUID, str]]:
    """Asks and answers that have the same value; several of one value are taken in their order."""
    by_value: dict[Any, list[str]] = defaultdict(list)
    for word, value in answers.items():
        by_value[value].append(word)
    taken: dict[Any, int] = defaultdict(int)
    for ask_id, value in asks.items():
        same = by_value.get(value, [])
        if taken[value] < len(same):
            yield ask_id, same[taken[value]]
            taken[value] += 1


def _in_order(trait: Trait) -> list[Any]:
    return sorted(trait, key=lambda one: _sortable(trait[one]))


def _sortable(value: Any) -> tuple[int, float, str]:
    """Numbers before texts."""
    if isinstance(value, (int, float)):
        return (0, value, "")
    return (1, 0.0, str(value))


def _ranks(values: Sequence[tuple[int, float, str]]) -> list[float]:
    """The place of each value, from 1; equal ones share the middle of their places."""
    order = sorted(range(len(values)), key=values.__getitem__)
    ranks = [0.0] * len(values)
    for _, tied in itertools.groupby(enumerate(order, 1), key=lambda one: values[one[1]]):
        places = list(tied)
        for _, index in places:
            ranks[index] = (places[0][0] + places[-1][0]) / 2
    return ranks


def right_pairs(pairs: Iterable[tuple[UUID, str]], wrote: Mapping[UUID, str]) -> int:
    """How many asks a strategy gave their own answer."""
    return len({ask_id for ask_id, word in pairs if wrote.get(ask_id) == word})
