#!/usr/bin/env bash
# fpdf2 2.8.9 with an OpenType (CFF) font, Noto Sans CJK SC of Debian's fonts-noto-cjk 20220127: the font's /Encoding is a CMap embedded in the
# file, as the PDF standard allows, and /ToUnicode is there. Out of a page that shows 高金龙 13800138000, pdfminer.six 20260107 (and so
# pdfplumber) reads nothing at all, without an error; pypdf 7.1.1 gives U+0000 before every character, so no pattern of eleven digits meets;
# pypdfium2 5.15.2 reads it right. With a TrueType font (dejavu of the package fonts-dejavu-core) all three read the same page.
# Guess before: a page with a correct /ToUnicode reads alike everywhere.
# For: discovery in PDF files. A page that draws text of which the reader gives none, or gives NUL, is "not readable" and never "no personal
# data"; pdfium reads first.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download fonts-noto-cjk=1:20220127+repack1-1 fonts-dejavu-core=2.37-6 >/dev/null 2>&1
for package in ./*.deb; do dpkg -x "$package" fonts; done
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check \
  'fpdf2==2.8.9' 'pypdf==7.1.1' 'pdfminer.six==20260107' 'pypdfium2==5.15.2' >/dev/null 2>&1
venv/bin/python - 2>/dev/null <<'PYTHON'
import io
import re
import sys
from importlib.metadata import version

import pypdf
import pypdfium2
from fpdf import FPDF
from pdfminer.high_level import extract_text

NUMBER = "13800138000"


def page(text, **font):
    pdf = FPDF()
    pdf.add_page()
    pdf.add_font("f", "", **font)
    pdf.set_font("f", size=12)
    pdf.cell(text=text)
    return bytes(pdf.output())


def read(data):
    pages = pypdfium2.PdfDocument(data)
    return {
        "pdfminer.six": extract_text(io.BytesIO(data)).strip(),
        "pypdf": "".join(one.extract_text() for one in pypdf.PdfReader(io.BytesIO(data)).pages).strip(),
        "pypdfium2": "".join(one.get_textpage().get_text_range() for one in pages).strip(),
    }


noto = "fonts/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"
cff = read(page(f"高金龙 {NUMBER}", fname=noto, collection_font_number=2))
truetype = read(page(f"Gao {NUMBER}", fname="fonts/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"))
print("fpdf2", version("fpdf2"))
for name in cff:
    print(name, version(name), "CFF:", ascii(cff[name]), "TrueType:", ascii(truetype[name]))
seen = {name: bool(re.search(NUMBER, text)) for name, text in cff.items()}
print("the number is found in:", seen)
ok = (
    cff["pdfminer.six"] == ""
    and cff["pypdf"].startswith("\x00") and not seen["pypdf"]
    and cff["pypdfium2"] == f"高金龙 {NUMBER}"
    and set(truetype.values()) == {f"Gao {NUMBER}"}
)
print("as described" if ok else "CHANGED")
sys.exit(not ok)
PYTHON
