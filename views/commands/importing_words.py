"""The words of an import's faults: what is wrong in a row, and what to do."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from models.imports.importing import Report
from models.imports.reading import WHOLE_FILE, Fault

LINES_SHOWN = 200

WORDS = {
    # the file
    "utf_16": "this file is UTF-16. Save it as “CSV UTF-8” and import that file",
    "workbook": "this is a workbook under the name of a CSV file. Open it and save it as “CSV UTF-8”",
    "not_a_table": "this is not a CSV file. Export the table as “CSV UTF-8”",
    "not_utf_8": "this is not UTF-8. Save the file as “CSV UTF-8”",
    "too_large": "the file is larger than {told} MB. Split it into smaller files",
    "too_many_rows": "the file has more than {told} rows. Split it into smaller files",
    "empty": "the file is empty. Its first row must name the columns",
    "no_rows": "there is only a header. Add at least one row below it",
    # the table
    "separator": "the columns are not separated by commas. Save the file with commas",
    "column_missing": "add what the header lacks: {told}",
    "column_twice": "keep only one column of each name: {told}",
    "column_unknown": "the header has a column that is not known. Known are: {told}",
    "width": "the row has {told} cells. Add or take away cells, and put quotes around a cell with a comma",
    "quote": "a quote is opened and not closed, or the cell is too long. Close it, and double quotes inside a cell",
    # any cell
    "too_long": "shorten this to 1,000 characters",
    "control": "there is a character that cannot be typed. Type the cell anew",
    "formula": "this begins like a formula. Write the value itself, or put ' before it if it is text",
    "line_end": "write this in one line",
    "empty_cell": "fill in this cell",
    # kinds of values
    "code": "write {told}",
    "number": "write {told} letters and digits",
    "choice": "write one of: {told}",
    "yes_no": "write yes or no",
    "count": "write a whole number from {told}",
    "degrees": "write degrees from {told}, such as 40.7128",
    "day": "write a real date as year-month-day, such as 2026-08-12, from 1900 on",
    "future": "this day is still to come. Correct the date",
    "after_start": "this is after the appointment itself. Correct one of the two dates",
    "email": "write one e-mail address, such as name@example.org",
    "phone": "write one telephone number of 7 to 15 digits, such as +1 202 555 0123",
    "form": "write a form number, such as I-485",
    "category": "write a category such as c8, or leave it empty",
    "a_number": "write A and 7 to 9 digits, or leave it empty",
    "zone": "write a time zone such as America/New_York",
    "hours": "write hours such as mon 08:00-16:00; tue 08:00-16:00, without overlaps",
    # wall times
    "time_unreadable": "write date and time as 2026-08-12T09:30",
    "time_skipped": "the clocks of {told} skip this time. Choose an earlier or later one",
    "time_twice": "the clocks of {told} show this time twice. Add the offset you mean, such as 2026-11-01T01:30-04:00",
    "time_other_offset": "this offset is not in use in {told} at that time. Correct it or leave it out",
    "past": "this time has passed. Take the row out or correct the time",
    # what stands already
    "office_unknown": "no office has this name. Import the office first, or write it as KIND-CODE, such as asc-XNO",
    "office_of_many": "more than one office has this code. Write one of: {told}",
    "held_elsewhere": "this office keeps its calendar elsewhere. Set held to “here” in the offices first",
    "zone_in_use": "appointments or places of this office are kept in {told}. Leave the zone as it is",
    "twice_in_file": "row {told} says the same. Keep one of the two",
    "slot_there": "this time is there already. Take the row out",
    "number_known": "this appointment is there already. Take the row out",
    "no_slot": "no place stands at this time. Open one first (open-slots --office {told}) or correct the time",
    "no_place_left": "no place is left at this time. Open one first or correct the time",
    "case_differs": "{told} says otherwise of the same case. Say the same in both",
    "live_twice": "this person has another appointment of this case still to come. Keep one of the two",
}


def fault_lines(report: Report) -> Iterator[str]:
    """One line for each faulty row, as far as a person will read them, and how many more there are."""
    shown = 0
    for row, faults in groupby(report.faults, key=lambda fault: fault.row):
        if shown == LINES_SHOWN:
            break
        shown += 1
        place = "The file" if row == WHOLE_FILE else f"Row {row}"
        yield f"{place}: {'; '.join(map(_sentence, faults))}."
    if report.faulty_rows > shown:
        yield f"And {report.faulty_rows - shown:,} more rows like these."


def _sentence(fault: Fault) -> str:
    told = fault.told
    if fault.code == "case_differs":
        told = f"row {told}" if told != "0" else "what is kept already"
    words = WORDS[fault.code].format(told=told)
    return f"{fault.column}: {words}" if fault.column else words
