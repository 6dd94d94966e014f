#!/usr/bin/env bash
# skia-python 144.1 (Skia is what Chromium prints with), font Noto Sans CJK SC of Debian's fonts-noto-cjk 20220127: a PDF in which 高金龙 马文方
# is shown gives back U+2FBC U+2FA6 U+2EF0, U+2EE2 U+2F42 U+2F45 as its text: a glyph that a Han character shares with a radical is named
# after the radical. pypdf 7.1.1, pdfminer.six 20260107 and pypdfium2 5.15.2 all return the radicals; digits come back right. NFKC mends the
# Kangxi radicals (U+2F00 to U+2FD5) but not the supplement (U+2E80 to U+2EF3): 龙 and 马 stay other characters, as do 见 贝 车 长 门 鱼 鸟 齐.
# Chromium 156's own print-to-PDF does the same (137 of 150 common characters of this kind); pypdfium2 alone returns those right, since
# the page is tagged and pdfium reads the tagged text. WeasyPrint writes the true characters.
# Guess before: text that was put into a PDF as characters comes out as these characters, at least after NFKC.
# For: names that do not meet (search by a pasted name) and discovery in PDF files. The search form of a name has to fold by Unicode's
# Equivalent_Unified_Ideograph, not by NFKC alone.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download fonts-noto-cjk=1:20220127+repack1-1 >/dev/null 2>&1
dpkg -x fonts-noto-cjk_*.deb font
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check \
  'skia-python==144.1' 'pypdf==7.1.1' 'pdfminer.six==20260107' 'pypdfium2==5.15.2' >/dev/null 2>&1
venv/bin/python - 2>/dev/null <<'PYTHON'
import sys
import unicodedata
from importlib.metadata import version

import pypdf
import pypdfium2
import skia
from pdfminer.high_level import extract_text

SHOWN = "高金龙 马文方 见贝车长门鱼鸟齐 110101199003071233"
face = skia.Typeface.MakeFromFile("font/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", 2)
stream = skia.FILEWStream("names.pdf")
with skia.PDF.MakeDocument(stream) as document, document.page(595, 842) as canvas:
    canvas.drawString(SHOWN, 30, 50, skia.Font(face, 14), skia.Paint())
stream.flush()

texts = {
    "pypdf": "".join(page.extract_text() for page in pypdf.PdfReader("names.pdf").pages),
    "pdfminer.six": extract_text("names.pdf"),
    "pypdfium2": "".join(p.get_textpage().get_text_range() for p in pypdfium2.PdfDocument("names.pdf")),
}
texts = {name: text.strip() for name, text in texts.items()}
for name, text in texts.items():
    print(name, version(name), text.encode("unicode_escape").decode())
folded = unicodedata.normalize("NFKC", texts["pypdf"])
left = [f"{shown} U+{ord(seen):04X}" for shown, seen in zip(SHOWN, folded, strict=True) if shown != seen]
print("shown as put in, after NFKC still another character:", "; ".join(left))
same = len(set(texts.values())) == 1
name_as_radicals = texts["pypdf"].startswith("\u2fbc\u2fa6\u2ef0 \u2ee2\u2f42\u2f45")
supplement = [shown for shown, seen in zip(SHOWN, folded, strict=True) if 0x2E80 <= ord(seen) <= 0x2EF3]
ok = same and name_as_radicals and texts["pypdf"].endswith("110101199003071233") and "龙" in supplement and "马" in supplement
print("as described" if ok else "CHANGED")
sys.exit(not ok)
PYTHON
