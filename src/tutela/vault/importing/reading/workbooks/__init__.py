"""Workbooks: sheets of typed cells, read as a stream, with every cell's own words for what it holds.

A file of one kind is a `Book` (`book.py`): its sheets, their rows, their merged cells. `sheets.py`
beside this package chooses the sheet and finds the header, whatever the kind.
"""
