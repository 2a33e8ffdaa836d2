"""All rows or none: check the whole file, then compare again and write in one transaction."""

from __future__ import annotations

import pickle
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any, ClassVar, Generic, TypeVar

from models import audit
from models.bulk import one_at_a_time
from models.database import write_tx
from models.imports.cells import Cells
from models.imports.reading import Columns, Fault, Reading, Row, Unreadable

CHUNK = 1000
FAULTS_KEPT = 1000

R = TypeVar("R")
Progress = Callable[[float], None]


@dataclass
class Report:
    """What an import found and did; nothing was written when there are faults, or in a dry run."""

    kind: str
    rows: int = 0
    added: int = 0
    changed: int = 0
    faulty_rows: int = 0
    faults: list[Fault] = field(default_factory=list)

    def add(self, chunk: list[Cells]) -> None:
        """Count rows with their faults."""
        self.rows += len(chunk)
        for cells in chunk:
            if cells.faults:
                self.note(cells.faults)

    def note(self, faults: list[Fault]) -> None:
        """Count the faults of one row, and keep them while there is room."""
        self.faulty_rows += 1
        if len(self.faults) < FAULTS_KEPT:
            self.faults += faults


class Sheet(ABC, Generic[R]):
    """One kind of file being imported; made anew for each reading of the file."""

    kind: ClassVar[str]
    columns: ClassVar[Columns]

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.added = 0
        self.changed = 0

    @abstractmethod
    def read(self, cells: Cells) -> R | None:
        """A row's record; None, or anything, when faults were noted in `cells`."""

    @abstractmethod
    def compare(self, batch: list[tuple[Cells, R]]) -> None:
        """Note what speaks against the records in the database or in earlier rows of the file."""

    @abstractmethod
    def write(self, records: list[R]) -> None:
        """Write records in which nothing was found. Inside the transaction."""

    def finish(self) -> Fault | None:
        """Write what belongs to all records together, or say why it cannot be. Inside the transaction."""
        return None


class _Refused(Exception):
    """Carries the report out of the transaction, so that nothing of it stays."""

    def __init__(self, report: Report) -> None:
        super().__init__(report.kind)
        self.report = report


def run_import(
    kind: type[Sheet[R]],
    path: Path,
    now: datetime,
    dry_run: bool = False,
    progress: Progress = lambda part: None,
) -> Report:
    """Import a file, all or nothing; `progress` gets the part done, from 0 to 1. Raises Busy."""
    with TemporaryFile() as checked_rows:
        share = 1.0 if dry_run else 0.5
        checked = _check(kind(now), path, checked_rows, lambda part: progress(part * share))
        if dry_run or checked.faulty_rows:
            return checked
        try:
            return write_tx(
                lambda: _write(kind(now), checked_rows, lambda rows: progress((1 + rows / checked.rows) / 2))
            )
        except _Refused as refused:
            return refused.report


def _check(sheet: Sheet[R], path: Path, checked_rows: IO[bytes], progress: Progress) -> Report:
    """Read and compare the whole file, without a lock; what is right waits in `checked_rows` for its writing."""
    report, reading = Report(sheet.kind), Reading(path, sheet.columns)
    size = max(path.stat().st_size, 1)
    try:
        for chunk in _chunks(map(Cells, reading.rows())):
            batch = [(cells, record) for cells in chunk if (record := _record(sheet, cells)) is not None]
            sheet.compare(batch)
            report.add(chunk)
            if not report.faulty_rows:
                pickle.dump([(cells.number, record) for cells, record in batch], checked_rows)
            progress(min(reading.bytes_read / size, 1.0))
    except Unreadable as unreadable:
        report.note([unreadable.fault])
    return report


def _write(sheet: Sheet[R], checked_rows: IO[bytes], progress: Callable[[int], None]) -> Report:
    """Compare again, for somebody else may have been quicker, and write. Raises _Refused."""
    one_at_a_time()
    report = Report(sheet.kind)
    for batch in _kept(checked_rows):
        sheet.compare(batch)
        report.add([cells for cells, _ in batch])
        if report.faulty_rows:
            raise _Refused(report)
        sheet.write([record for _, record in batch])
        progress(report.rows)
    if fault := sheet.finish():
        report.note([fault])
        raise _Refused(report)
    report.added, report.changed = sheet.added, sheet.changed
    counts = {"rows": report.rows, "added": report.added, "changed": report.changed}
    audit.record("imported", f"import:{sheet.kind}", sheet.now, **counts)
    return report


def _kept(checked_rows: IO[bytes]) -> Iterator[list[tuple[Cells, Any]]]:
    """The batches that _check() put aside, from the first on (a transaction may be tried again)."""
    checked_rows.seek(0)
    while True:
        try:
            batch = pickle.load(checked_rows)  # noqa: S301 - written above, in a file without a name
        except EOFError:
            return
        yield [(Cells(Row(number, {})), record) for number, record in batch]


def _record(sheet: Sheet[R], cells: Cells) -> R | None:
    record = None if cells.faults else sheet.read(cells)
    return None if cells.faults else record


def _chunks(rows: Iterator[Cells]) -> Iterator[list[Cells]]:
    while chunk := list(islice(rows, CHUNK)):
        yield chunk
