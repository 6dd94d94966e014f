"""Numbers by customer index: resident ids, mobiles and cards, each unique over the whole run."""

from datetime import date, timedelta
from itertools import accumulate
from random import Random
from typing import NamedTuple

from sample.areas import Area, areas
from sample.digits import ID_CHECK, id_sum, luhn_sum
from sample.spread import spread
from sample.words import CARDS, FEMALE, MALE, MOBILE_PREFIXES, RARE, SURNAMES, named, split

FIRST_BIRTH = date(1944, 1, 1)
LAST_BIRTH = date(2006, 12, 31)
SERIALS = 999
POOL = 4096
RARE_NAMES = 8  # of POOL given names
SHORT_NAMES = 700  # of POOL given names


class Day(NamedTuple):
    """A birth date as written, its part of the id's sum, and which areas were in use."""

    iso: str
    compact: str
    total: int
    areas: tuple[tuple[str, int, Area], ...]


class Resident(NamedTuple):
    """A resident id with what it says."""

    number: str
    born: str
    male: bool
    area: Area


class Card(NamedTuple):
    """A card number with a right Luhn digit, and its bank."""

    number: str
    bank: str


def areas_by_year(rng: Random) -> dict[int, tuple[tuple[str, int, Area], ...]]:
    """Code, weighted sum and area for each birth year: the same count each year, so that the
    space of ids is a plain product."""
    years = range(FIRST_BIRTH.year, LAST_BIRTH.year + 1)
    table = {year: [a for a in areas() if a.valid_in(year)] for year in years}
    least = min(map(len, table.values()))
    return {
        year: tuple((a.code, id_sum(a.code, 0), a) for a in rng.sample(valid, least))
        for year, valid in table.items()
    }


def days(rng: Random) -> tuple[Day, ...]:
    """Every birth date of the run, in order."""
    table = areas_by_year(rng)
    count = (LAST_BIRTH - FIRST_BIRTH).days + 1
    dates = (FIRST_BIRTH + timedelta(n) for n in range(count))
    return tuple(
        Day(d.isoformat(), f"{d:%Y%m%d}", id_sum(f"{d:%Y%m%d}", 6), table[d.year]) for d in dates
    )


def heads() -> tuple[tuple[str, int, str], ...]:
    """Card beginnings (all but nine digits and the check), their Luhn sums and banks."""
    found = []
    for bank, bin6, length in CARDS:
        fill = length - 16
        for n in range(min(10, 10**fill)):
            head = bin6 + (f"{n:0{fill}d}" if fill else "")
            found.append((head, luhn_sum(head, doubled=False), bank))
    return tuple(found)


class Identities:
    """Numbers by index; the same seed and index always give the same number."""

    def __init__(self, seed: int) -> None:
        rng = Random(f"identity {seed}")
        self.days = days(rng)
        self.width = len(self.days[0].areas)
        self.serials = tuple((f"{n:03d}", id_sum(f"{n:03d}", 14)) for n in range(1, SERIALS + 1))
        self.heads = heads()
        self.odd = tuple(luhn_sum(f"{n:03d}", doubled=True) for n in range(1000))
        self.even = tuple(luhn_sum(f"{n:03d}", doubled=False) for n in range(1000))
        self.ids = spread(len(self.days) * self.width * SERIALS, rng)
        self.mobiles = spread(len(MOBILE_PREFIXES) * 10**8, rng)
        self.cards = spread(len(self.heads) * 10**9, rng)

    def resident(self, index: int) -> Resident:
        """The resident id of one index."""
        rest, serial = divmod(self.ids.at(index), SERIALS)
        place, day_at = divmod(rest, len(self.days))
        day = self.days[day_at]
        code, area_sum, area = day.areas[place]
        text, serial_sum = self.serials[serial]
        check = ID_CHECK[(area_sum + day.total + serial_sum) % 11]
        return Resident(f"{code}{day.compact}{text}{check}", day.iso, serial % 2 == 0, area)

    def mobile(self, index: int) -> str:
        """Eleven digits with an assigned prefix."""
        prefix, rest = divmod(self.mobiles.at(index), 10**8)
        return f"{MOBILE_PREFIXES[prefix]}{rest:08d}"

    def card(self, index: int) -> Card:
        """A card number of 16, 18 or 19 digits."""
        at, body = divmod(self.cards.at(index), 10**9)
        head, total, bank = self.heads[at]
        total += self.odd[body // 10**6] + self.even[body // 1000 % 1000] + self.odd[body % 1000]
        return Card(f"{head}{body:09d}{-total % 10}", bank)


class Names:
    """Pools of surnames by their real shares and of given names, drawn by a random number."""

    def __init__(self, seed: int) -> None:
        rng = Random(f"names {seed}")
        words = SURNAMES.split()
        weights = list(accumulate(map(int, words[1::2])))
        pairs = [split(word) for word in words[0::2]]
        self.surnames = rng.choices(pairs, cum_weights=weights, k=POOL)
        self.given = (given_pool(FEMALE, rng), given_pool(MALE, rng))

    def draw(self, number: int, *, male: bool) -> tuple[str, str]:
        """Chinese and pinyin by the low 24 bits of `number`."""
        surname = self.surnames[number % POOL]
        given = self.given[male][number // POOL % POOL]
        return surname[0] + given[0], surname[1] + given[1]


def given_pool(text: str, rng: Random) -> list[tuple[str, str]]:
    """Given names of one and two characters, a few with rare ones."""
    words, rare = named(text), named(RARE)
    pool = [rng.choice(words) for _ in range(SHORT_NAMES)]
    pool += [join(rng.choice(words), rng.choice(rare)) for _ in range(RARE_NAMES)]
    pool += [join(rng.choice(words), rng.choice(words)) for _ in range(POOL - len(pool))]
    rng.shuffle(pool)
    return pool


def join(first: tuple[str, str], second: tuple[str, str]) -> tuple[str, str]:
    return first[0] + second[0], first[1] + second[1]
