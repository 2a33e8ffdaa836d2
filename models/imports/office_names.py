"""The offices that a file's rows speak of."""

from __future__ import annotations

from models.imports.cells import Cells
from models.offices import Office


class OfficeNames:
    """All offices by `KIND-CODE`, and by the codes that only one office has."""

    def __init__(self) -> None:
        self._by_slug: dict[str, Office] = {}
        self._by_code: dict[str, list[Office]] = {}
        for office in Office.select():
            self._by_slug[office.slug.lower()] = office
            self._by_code.setdefault(office.code.lower(), []).append(office)

    def of(self, cells: Cells, column: str = "office") -> Office | None:
        """The office that a cell names; a fault when there is none, or more than one."""
        name = cells.plain(column).lower()
        if office := self._by_slug.get(name):
            return office
        found = self._by_code.get(name, [])
        if len(found) == 1:
            return found[0]
        if found:
            cells.fault(column, "office_of_many", ", ".join(sorted(office.slug for office in found)))
        else:
            cells.fault(column, "office_unknown" if name else "empty_cell")
        return None
