"""A pack made by hand: every file as a forger with a signing key could write it."""

import csv
import hashlib
import io
import json
import zipfile
from copy import deepcopy
from html import escape

import docx

from tutela.crypto import sign as ed25519

ROWS = [
    {"id": f"r{n}", "at": f"2026-03-0{n}T08:00:00+08:00", "numerator": 9, "denominator": 10}
    for n in range(1, 4)
]
FIGURE = {
    "target": "tls-share", "value": 90.0, "numerator": 27, "denominator": 30, "evidence": 3,
    "outside": 0, "newest": "2026-03-03T00:00:00+00:00", "name_zh": "传输加密率", "name_en": "TLS share",
    "goal": 95, "goal_for_period": 95, "direction": "at_least", "cadence": 31, "unit": "percent",
    "status": "not_met", "rule_version": "1", "method": "share", "due": None,
    "file": "evidence/tls-share.csv",
}  # fmt: skip
MANIFEST = {
    "format": "tutela-pack-1", "company": "", "product": "0", "begins": "2026-03-01",
    "ends": "2026-04-01", "time_zone": "Asia/Shanghai", "earlier": None, "inputs": [],
    "written_at": "2026-04-02T00:00:00+00:00",
}  # fmt: skip
WORDS = {
    "zh-hans": ("name_zh", "%", "未达成"),
    "en": ("name_en", "%", "not met"),
}


class Forgery:
    """Change `figure`, `manifest`, `rows` or `files`, then `write`: hashes and signature fit what is there."""

    def __init__(self):
        self.figure, self.manifest, self.rows = map(deepcopy, (FIGURE, MANIFEST, ROWS))
        self.key = ed25519.generate()
        self.files = {}
        self.raw_rows = None

    def write(self, path):
        public = ed25519.public_of(self.key)
        key_id = hashlib.sha256(public).hexdigest()[:16]
        manifest = self.manifest | {"key_id": key_id, "figures": [self.figure]}
        tables = [self.table(language) for language in WORDS]
        held = {
            "manifest.json": json.dumps(manifest).encode(),
            "evidence/tls-share.csv": self.raw_rows or self.csv_rows(),
            "summary.html": self.page(tables, key_id),
            "summary.docx": paper(tables),
            "public-key.txt": public.hex().encode() + b"\n",
        } | self.files
        lines = [
            f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(held.items())
        ]
        held["SHA256SUMS"] = "".join(lines).encode()
        held["signature.txt"] = ed25519.sign(self.key, held["SHA256SUMS"]).hex().encode()
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
            for name, data in held.items():
                target.writestr(name, data)
        return path

    def csv_rows(self):
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(["id", "at", "numerator", "denominator", "outside", "facts"])
        for row in self.rows:
            facts = row.get("facts", {})
            cells = [row[name] for name in ("id", "at", "numerator", "denominator")]
            writer.writerow([*cells, row.get("outside", 0), json.dumps(facts)])
        return ("\ufeff" + text.getvalue()).encode()

    def table(self, language):
        name, unit, state = WORDS[language]
        figure = FIGURE
        line = [figure[name], f"≥ 95 {unit}", f"90 {unit}", state, "3", "0"]
        return [["1", "2", "3", "4", "5", "6"], line]

    def page(self, tables, key_id):
        parts = []
        for language, rows in zip(WORDS, tables, strict=True):
            cells = ["".join(f"<td>{escape(cell)}</td>" for cell in row) for row in rows]
            body = "".join(f"<tr>{row}</tr>" for row in cells)
            days = f"<p>2026-03-01 2026-04-01 {key_id}</p>"
            parts.append(f'<section lang="{language}">{days}<table>{body}</table></section>')
        return f"<html><body>{''.join(parts)}</body></html>".encode()


def paper(tables):
    document = docx.Document()
    for rows in tables:
        table = document.add_table(len(rows), 6)
        for place, row in enumerate(rows):
            for at, text in enumerate(row):
                table.cell(place, at).text = text
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()
