"""Writes grammar.json.gz: what CPython's parser makes of the texts in `snippets.py`, in the words of `structure.py`.

    python3.15 test/oracle/python/grammar.py

Python 3.15 or newer, since some of the texts are. Where none is installed, npm's package pyodide carries one.
"""

import gzip
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from snippets import SNIPPETS  # noqa: E402
from structure import Structure  # noqa: E402


def read(text):
    try:
        return Structure(text).module()
    except SyntaxError:
        return None


content = {
    "python": sys.version.split()[0],
    "snippets": [{"text": text, "statements": read(text)} for text in SNIPPETS],
}
written = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
target = pathlib.Path(__file__).parent / "grammar.json.gz"
# Without a time in it the same content is the same file.
target.write_bytes(gzip.compress(written, mtime=0))
taken = sum(each["statements"] is not None for each in content["snippets"])
print(f"Python {content['python']}: {taken} of {len(SNIPPETS)} texts taken, {len(target.read_bytes())} bytes")
