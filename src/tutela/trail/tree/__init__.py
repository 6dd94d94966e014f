"""The tree over the leaves: places, tiles, checkpoints, proofs, and the one process that makes it grow.

    state.py         what is there: heads, leaves in their order, the place of a leaf
    proofs.py        inclusion and consistency, from the stored tiles
    sequencer.py     the leader: places leaves, reads them back, hashes them again, signs
    readback.py      what the leader makes of the bytes that it reads back
    signers.py       who signs, declared by the rooms that hold keys
    second_place.py  the last signed size and root, in a file outside the database

docs/decisions/the-tree.md says who may write what, and why.
"""
