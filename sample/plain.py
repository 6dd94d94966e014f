"""The benchmark's customer file: clean rows of twelve columns, streamed in flat memory."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from random import Random

from sample.house import homes_near
from sample.identity import Identities, Names
from sample.words import COMMUNITIES, OCCUPATIONS, ROADS

HEADER = (
    "客户号", "姓名", "证件号码", "手机号码", "电子邮箱", "银行卡号", "通讯地址", "出生日期",
    "性别", "职业", "年收入", "归属机构",
)  # fmt: skip
BLOCK = 5000


def lines(count: int, seed: int) -> Iterator[str]:
    """One line of text for each customer, without quotes: no value holds a comma."""
    ids, names = Identities(seed), Names(seed)
    draw = Random(f"plain {seed}").getrandbits
    near = {}
    for i in range(count):
        number, born, male, area = ids.resident(i)
        r = draw(64)
        name, pinyin = names.draw(r, male=male)
        if area.code not in near:
            near[area.code] = homes_near(area.code)
        places = near[area.code]
        home = places[(r >> 24) % len(places)]
        job, low, high = OCCUPATIONS[(r >> 30) % len(OCCUPATIONS)]
        road, estate = ROADS[(r >> 36) % len(ROADS)], COMMUNITIES[(r >> 41) % len(COMMUNITIES)]
        house, block, room = (r >> 45) % 899 + 1, (r >> 50) % 30 + 1, (r >> 54) % 800 + 101
        street = f"{road}路{house}号{estate}{block}栋{room}室"
        income = (low + (r >> 40) % (high - low + 1)) * 1000
        yield (
            f"C{i + 1:09d},{name},{number},{ids.mobile(i)},{pinyin}{i + 1}@example.com,"
            f"{ids.card(i).number},{home.text}{street},{born},{'男' if male else '女'},"
            f"{job},{income},{home.branch}\n"
        )


def write_plain(path: Path, count: int, seed: int) -> None:
    """Write `count` customers to `path` as UTF-8 without a mark."""
    source = lines(count, seed)
    with path.open("w", encoding="utf-8", newline="") as out:
        out.write(",".join(HEADER) + "\n")
        while block := list(islice(source, BLOCK)):
            out.write("".join(block))
