"""From a file to chunks of rows: what it is, where its header stands, its cells as the file types them.

    table = read.open_table(source, known)
    with read.Reading(table) as reading:
        for chunk in reading.chunks(): ...

Whatever is wrong with a file is refused here, with the errors of `BadFile`, and nowhere else in the import.
"""
