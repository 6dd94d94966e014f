"""The verbs of the import: open a file, settle its mapping, run it.

    table = open_file(actor, FileSource(path))
    order = prepare_order(actor, table, Instructions(collection="customer", source_name="core"))
    result = run_import(actor, order)

Every act leaves a leaf: inspected, mapping saved, started, one for each committed chunk, finished or
failed, rejects opened. A batch that was stopped is found again by its file's hash, source, collection
and mapping, and goes on after its last committed chunk.
"""
