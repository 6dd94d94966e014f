"""Uploads at the console's import form as a browser makes them: whole, and broken off half-way."""

import re
import socket
import urllib.parse
import urllib.request
from pathlib import Path

from sample import demo
from tests.faults.test_lose_database import Person

UPLOAD = "/imports/upload/"
_MARK = "----tutela-faults"
_SELECT = re.compile(r'name="(field-\d+)".*?</select>', re.DOTALL)
_CHOSEN = re.compile(r'<option value="(\w+)" selected')


def upload(person: Person, file: Path) -> tuple[str, str]:
    """Upload a file of customers; the address and the text of the page with its mapping."""
    request = urllib.request.Request(person.address + UPLOAD, _body(person, file), _heads(person))
    with person.client.open(request, timeout=30) as answer:
        return answer.url.removeprefix(person.address), answer.read().decode()


def break_off(person: Person, file: Path) -> None:
    """Send the file, announce more, and hang up."""
    body = _body(person, file).removesuffix(f"\r\n--{_MARK}--\r\n".encode())
    cookies = "; ".join(f"{one.name}={one.value}" for one in person.cookies)
    heads = {"Host": person.address.removeprefix("https://"), "Cookie": cookies, **_heads(person)}
    lines = [f"POST {UPLOAD} HTTP/1.1", *(f"{name}: {text}" for name, text in heads.items())]
    lines += [f"Content-Length: {len(body) + 1_000_000}", "", ""]
    host, port = heads["Host"].split(":")
    plain = socket.create_connection((host, int(port)), timeout=10)
    with person.trusted.wrap_socket(plain, server_hostname=host) as line:
        line.sendall("\r\n".join(lines).encode() + body)


def settle(person: Person, address: str, page: str, do: str) -> tuple[str, str]:
    """Press a button of the mapping page as it stands; the address and the text of what follows."""
    chosen = {
        found[1]: value[1] if (value := _CHOSEN.search(found[0])) else ""
        for found in _SELECT.finditer(page)
    }
    asked = chosen | {"collection": "customer", "source": "form", "do": do}
    return press(person, page, f"{address.split('?', maxsplit=1)[0]}settle/", asked)


def press(person: Person, page: str, path: str, asked: dict[str, str]) -> tuple[str, str]:
    """Send a form that stands on a page; the address and the text of what follows."""
    told = urllib.parse.urlencode(asked | {"csrfmiddlewaretoken": _token(page)}).encode()
    request = urllib.request.Request(person.address + path, told, {"Referer": person.address})
    with person.client.open(request, timeout=60) as answer:
        return answer.url.removeprefix(person.address), answer.read().decode()


def _heads(person: Person) -> dict[str, str]:
    kind = f"multipart/form-data; boundary={_MARK}"
    return {"Referer": person.address + UPLOAD, "Content-Type": kind}


def _body(person: Person, file: Path) -> bytes:
    token = _token(person.get(UPLOAD)[1])
    parts = {"csrfmiddlewaretoken": token, "collection": "customer", "source": "form"}
    told = "".join(
        f'--{_MARK}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{text}\r\n'
        for name, text in parts.items()
    )
    about = f'Content-Disposition: form-data; name="file"; filename="{file.name}"'
    told += f"--{_MARK}\r\n{about}\r\nContent-Type: text/csv\r\n\r\n"
    return told.encode() + file.read_bytes() + f"\r\n--{_MARK}--\r\n".encode()


def _token(page: str) -> str:
    found = demo.TOKEN.search(page)
    assert found, page
    return found.group(1)
