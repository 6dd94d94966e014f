"""Adds a look to the counters. Pure; the rules read what stands here."""

from .counters import BLOCK_MINUTES, Customer
from .scene import Scene

LOOKS_KEPT_MS = 73 * 3_600_000


def first(kept: dict[str, int], key: str, index: int) -> None:
    """Keep the smallest index of a key."""
    known = kept.get(key)
    if known is None or known > index:
        kept[key] = index


def count_view(scene: Scene) -> None:
    """Customers were opened, masked or in clear."""
    look, today = scene.look, scene.today
    index, minute, explained = look.index, look.minute, scene.explained
    clear = look.cleared
    opened = scene.window("opened") if not look.is_machine else None
    for customer in look.customers:
        if customer in explained:
            first(today.explained, customer, index)
        else:
            first(today.opened, customer, index)
            if opened is not None:
                opened.add(minute, customer, index)
                _count_of_customer(scene, customer)
        if clear:
            _count_clear(scene, customer, customer in explained)


def _count_clear(scene: Scene, customer: str, is_explained: bool) -> None:
    look, today = scene.look, scene.today
    index, minute = look.index, look.minute
    block = minute // BLOCK_MINUTES
    sides = today.blocks.get(block)
    if sides is None:
        sides = today.blocks[block] = (set(), set())
    sides[is_explained].add(customer)
    today.purposes.setdefault(look.purpose, set()).add(customer)
    if is_explained:
        first(today.cleared_explained, customer, index)
        scene.window("clear_explained").add(minute, customer, index)
        return
    scene.window("clear").add(minute, customer, index)
    bits = 0
    for one in look.classes:
        bits |= 1 << one
        first(today.combos.setdefault(f"{look.purpose}:{one}", {}), customer, index)
    known = today.cleared.get(customer)
    if known is None:
        today.cleared[customer] = (index, bits)
    else:
        today.cleared[customer] = (min(known[0], index), known[1] | bits)


def _count_of_customer(scene: Scene, customer: str) -> None:
    look = scene.look
    found = scene.customers.get(customer)
    if found is None:
        found = scene.customers[customer] = Customer()
    looks = found.looks.setdefault(scene.person, [])
    entry = (look.t_ms, look.index, scene.place.branch)
    if entry not in looks:
        looks.append(entry)
        looks.sort()
        # The first and the last of a day are enough for any window that a rule may ask.
        while len(looks) > 2 and looks[0][0] < looks[-1][0] - LOOKS_KEPT_MS:
            del looks[0]
