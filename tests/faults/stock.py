"""Customers that nobody has: right id numbers, phones and work items, told apart by a number."""

from datetime import date, timedelta
from pathlib import Path

from tutela.crypto.normalise import id_card_18

LOGIN = "faults-partner"
MACHINE = "faults-machine"
CLERK = "faults-clerk"
MANAGER = "faults-manager"
"""Of a post that may import files on the page."""
STAFF_NO = "F00001"
HEAD = "客户号,姓名,身份证号,手机号,电子邮箱,所属机构"
_FIRST = date(1950, 1, 1)


def id_number(n: int) -> str:
    born = _FIRST + timedelta(days=n // 900 % 18_000)
    return str(id_card_18(f"110101{born:%Y%m%d}{n % 900 + 1:03d}"))


def phone(n: int) -> str:
    return f"13{n:09d}"


def customer(n: int) -> str:
    """One row of an export."""
    return f"C{n:08d},欧阳测试,{id_number(n)},{phone(n)},c{n}@example.com,EAST"


def work_item(n: int) -> str:
    """The number of the open case of a customer."""
    return f"W{n:08d}"


def customers(path: Path, first: int, count: int) -> Path:
    """An export of some customers."""
    rows = "\n".join(customer(n) for n in range(first, first + count))
    path.write_text(f"{HEAD}\n{rows}\n", encoding="utf-8")
    return path


def write(folder: Path, count: int) -> Path:
    """All files of a small insurer; the folder."""
    folder.mkdir(exist_ok=True)
    customers(folder / "customers.csv", 0, count)
    items = [f"case,{work_item(n)},C{n:08d},{STAFF_NO},2024-01-02," for n in range(count)]
    _lines(folder / "workitems.csv", "kind,number,customer,assignee,opened,closed", *items)
    tree = ("HQ,,总公司,Head office", "EAST,HQ,东区,East")
    _lines(folder / "branches.csv", "code,parent,name_zh,name_en", *tree)
    head = "staff_no,login,name,post,department,branch,customer_key"
    partner = f"{STAFF_NO},{LOGIN},Partner,partner_service,,EAST,"
    machine = f"F00002,{MACHINE},Machine,machine,,EAST,"
    clerk = f"F00003,{CLERK},Clerk,service_agent,,EAST,"
    manager = f"F00004,{MANAGER},Manager,branch_manager,,EAST,"
    _lines(folder / "staff.csv", head, partner, machine, clerk, manager)
    return folder


def _lines(path: Path, *lines: str) -> None:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
