"""Pabulib's file format (Faliszewski and others 2023): read with care."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

import numpy as np

from luoshi.engines.voting.elections import (
    CHOOSE_ONE,
    MOST_MONEY,
    VOTE_TYPES,
    WITH_POINTS,
    Election,
    Project,
    VotingError,
    decimals_of,
)

META, PROJECTS, VOTES = "meta", "projects", "votes"
SECTIONS = (META, PROJECTS, VOTES)
ID, COST, NAME, VOTER, VOTE, POINTS = (
    "project_id",
    "cost",
    "name",
    "voter_id",
    "vote",
    "points",
)
Row = tuple[int, list[str]]


def read(data: bytes, *, lenient: bool = False) -> Election:
    """Return the election in a file's bytes; raises VotingError naming the line."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise VotingError(f"Line {line}: this is not UTF-8") from error
    parts = _sections(text)
    meta = _meta(parts[META])
    kind = meta.get("vote_type", "").lower()
    if kind not in VOTE_TYPES:
        raise VotingError(
            f"The vote_type is {kind!r}; known are {', '.join(VOTE_TYPES)}"
        )
    budget = _amount(meta.get("budget", ""), "The budget")
    projects, unit, coins = _projects(parts[PROJECTS], budget)
    ballots = _Ballots(kind, projects, unit, meta, lenient)
    ballots.read(parts[VOTES])
    return Election(
        projects=projects,
        budget=coins,
        start=np.array(ballots.start, np.int64),
        named=np.array(ballots.named, np.int64),
        unit=unit,
        vote_type=kind,
        points=tuple(ballots.points) if kind in WITH_POINTS else None,
        voters=tuple(ballots.voters),
        meta=meta,
        odd=tuple(ballots.odd),
    )


def _sections(text: str) -> dict[str, list[Row]]:
    """Return the rows of each section, the heads of its columns first."""
    parts: dict[str, list[Row]] = {}
    now: list[Row] | None = None
    for line, row in _rows(text):
        if not any(cell.strip() for cell in row):
            continue
        title = row[0].strip().lower()
        if title in SECTIONS and not any(cell.strip() for cell in row[1:]):
            if title in parts:
                raise VotingError(f"Line {line}: a second section {title.upper()}")
            now = parts[title] = []
        elif now is None:
            raise VotingError(f"Line {line}: expected META, PROJECTS or VOTES")
        else:
            now.append((line, row))
    for title in SECTIONS:
        if not parts.get(title):
            raise VotingError(f"The file has no section {title.upper()}")
    return parts


def _rows(text: str) -> Iterator[Row]:
    # Quotes are rare, and splitting is three times as fast as the general reader.
    if '"' not in text:
        for number, whole in enumerate(text.splitlines(), 1):
            yield number, whole.split(";")
        return
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";", strict=False)
    line = 1
    try:
        for row in reader:
            yield line, row
            line = reader.line_num + 1
    except csv.Error as error:
        raise VotingError(f"Line {line}: {error}") from error


def _meta(rows: list[Row]) -> dict[str, str]:
    told: dict[str, str] = {}
    for line, row in rows:
        key = row[0].strip()
        if key.lower() == "key":
            continue
        if len(row) < 2:
            raise VotingError(f"Line {line}: {key!r} has no value")
        told[key] = ";".join(row[1:]).strip()
    return told


def _columns(rows: list[Row], needed: tuple[str, ...]) -> dict[str, int]:
    line, heads = rows[0]
    columns = {head.strip().lower(): at for at, head in enumerate(heads)}
    for name in needed:
        if name not in columns:
            raise VotingError(f"Line {line}: there is no column {name}")
    return columns


def _amount(text: str, what: str) -> Decimal:
    try:
        # Some files write the decimals after a comma.
        amount = Decimal(text.strip().replace("\xa0", "").replace(",", "."))
    except InvalidOperation as error:
        raise VotingError(f"{what} must be a number, not {text!r}") from error
    if not amount.is_finite() or not 0 < amount <= MOST_MONEY:
        raise VotingError(f"{what} must be above 0 and no more than 10^15, not {text}")
    return amount


def _projects(rows: list[Row], budget: Decimal) -> tuple[tuple[Project, ...], int, int]:
    """Return the projects, how many coins make one of the currency, and the budget."""
    columns = _columns(rows, (ID, COST))
    more = [name for name in columns if name not in (ID, COST, NAME)]
    found: list[tuple[str, Decimal, str, dict[str, str]]] = []
    known: set[str] = set()
    for line, row in rows[1:]:
        cells = {name: _cell(row, at) for name, at in columns.items()}
        if not cells[ID]:
            raise VotingError(f"Line {line}: a project without an id")
        if cells[ID] in known:
            raise VotingError(f"Line {line}: a second project {cells[ID]!r}")
        known.add(cells[ID])
        cost = _amount(cells[COST], f"Line {line}: the cost")
        rest = {name: cells[name] for name in more if cells[name]}
        found.append((cells[ID], cost, cells.get(NAME, ""), rest))
    if not found:
        raise VotingError("The file has no projects")
    places = max(
        decimals_of(one) for one in [budget, *(cost for _, cost, _, _ in found)]
    )
    if places > 6:
        raise VotingError("Amounts with more than six decimals cannot be counted")
    unit = 10**places
    projects = tuple(
        Project(name, int(cost * unit), title, rest)
        for name, cost, title, rest in found
    )
    return projects, unit, int(budget * unit)


def _cell(row: list[str], at: int) -> str:
    text = row[at].strip() if at < len(row) else ""
    return "" if text.lower() == "none" else text


@dataclass
class _Ballots:
    """Ballots read one by one, each held against what the file permits."""

    kind: str
    projects: tuple[Project, ...]
    unit: int
    meta: dict[str, str]
    lenient: bool
    start: list[int] = field(default_factory=lambda: [0])
    named: list[int] = field(default_factory=list)
    points: list[Decimal] = field(default_factory=list)
    voters: list[str] = field(default_factory=list)
    odd: list[str] = field(default_factory=list)

    def read(self, rows: list[Row]) -> None:
        """Read all rows of the section."""
        columns = _columns(rows, (VOTE,))
        voter_at, vote_at = columns.get(VOTER, -1), columns[VOTE]
        points_at = columns.get(POINTS, -1)
        if self.kind in WITH_POINTS and points_at < 0:
            raise VotingError(f"Line {rows[0][0]}: there is no column {POINTS}")
        places = {project.id: at for at, project in enumerate(self.projects)}
        seen: set[str] = set()
        longest = self._limit("max_length", len(self.projects))
        if self.kind == CHOOSE_ONE:
            longest = Decimal(1)
        shortest, dearest = self._limit("min_length", 0), self._limit("max_sum_cost", 0)
        for number, (line, row) in enumerate(rows[1:], 1):
            voter = _cell(row, voter_at) if voter_at >= 0 else str(number)
            if voter in seen:
                self._odd(line, f"voter {voter!r} votes a second time")
            seen.add(voter)
            self.voters.append(voter)
            vote = _cell(row, vote_at)
            ballot = self._ballot(line, vote, places) if vote else []
            if not shortest <= len(ballot) <= longest and ballot:
                self._odd(
                    line, f"names {len(ballot)}, permitted are {shortest} to {longest}"
                )
            if dearest and self._cost(ballot) > dearest:
                self._odd(line, f"names projects for more than {dearest}")
            if self.kind in WITH_POINTS:
                self._give(line, _cell(row, points_at), ballot)
            self.named += ballot
            self.start.append(len(self.named))

    def _ballot(self, line: int, vote: str, places: dict[str, int]) -> list[int]:
        try:
            ballot = [places[name] for name in vote.split(",")]
        except KeyError:
            ballot = []
            for name in filter(None, (one.strip() for one in vote.split(","))):
                if name not in places:
                    raise VotingError(
                        f"Line {line}: {name!r} is no project of this file"
                    ) from None
                ballot.append(places[name])
        if len(set(ballot)) < len(ballot):
            raise VotingError(f"Line {line}: the ballot names a project twice")
        return ballot

    def _cost(self, ballot: list[int]) -> Decimal:
        return Decimal(sum(self.projects[at].cost for at in ballot)) / self.unit

    def _give(self, line: int, text: str, ballot: list[int]) -> None:
        given = [one.strip() for one in text.split(",")] if text else []
        if len(given) != len(ballot):
            raise VotingError(
                f"Line {line}: {len(given)} points for {len(ballot)} projects"
            )
        try:
            points = [Decimal(one) for one in given]
        except InvalidOperation:
            raise VotingError(f"Line {line}: points must be numbers") from None
        if not all(one.is_finite() and one.copy_abs() <= MOST_MONEY for one in points):
            raise VotingError(
                f"Line {line}: points must be numbers, and no more than 10^15"
            )
        most, in_all = self._limit("max_points", 0), self._limit("max_sum_points", 0)
        if most and points and max(points) > most:
            self._odd(line, f"gives {max(points)} points to one, permitted are {most}")
        if in_all and sum(points) > in_all:
            self._odd(line, f"gives {sum(points)} points, permitted are {in_all}")
        self.points += points

    def _limit(self, key: str, default: int) -> Decimal:
        text = self.meta.get(key, "")
        try:
            found = Decimal(text.replace(",", ".")) if text else Decimal(default)
        except InvalidOperation as error:
            raise VotingError(f"{key} must be a number, not {text!r}") from error
        if not found.is_finite():
            raise VotingError(f"{key} must be a number, not {text!r}")
        return found

    def _odd(self, line: int, what: str) -> None:
        if not self.lenient:
            raise VotingError(f"Line {line}: {what}")
        self.odd.append(f"Line {line}: {what}")


def write(election: Election) -> str:
    """Return an election as a file's text."""
    out = io.StringIO()
    sheet = csv.writer(out, delimiter=";", lineterminator="\n")
    meta = dict(election.meta) | {
        "num_projects": str(len(election.projects)),
        "num_votes": str(election.ballots),
        "budget": _plain(election, election.budget),
        "vote_type": election.vote_type,
    }
    sheet.writerows([["META"], ["key", "value"], *meta.items()])
    more = list(dict.fromkeys(key for one in election.projects for key in one.more))
    sheet.writerows([["PROJECTS"], [ID, COST, NAME, *more]])
    for one in election.projects:
        rest = [one.more.get(key, "") for key in more]
        sheet.writerow([one.id, _plain(election, one.cost), one.name, *rest])
    sheet.writerows([["VOTES"], [VOTER, VOTE, *([POINTS] if election.points else [])]])
    ids = [project.id for project in election.projects]
    for at in range(election.ballots):
        span = slice(int(election.start[at]), int(election.start[at + 1]))
        voter = election.voters[at] if election.voters else str(at + 1)
        row = [voter, ",".join(ids[place] for place in election.named[span].tolist())]
        if election.points is not None:
            row.append(",".join(str(one) for one in election.points[span]))
        sheet.writerow(row)
    return out.getvalue()


def _plain(election: Election, coins: int) -> str:
    return f"{election.money(coins):f}"
