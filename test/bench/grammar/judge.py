"""Reads one question a line, {"path"} or {"text"}, and answers each with what this Python's parser makes of it:
{"taken"}, with {"why"} where it refuses, and with the digests of its statements in the words of `structure.py` where
`--trees` asks for them; {"other"} for a file that is not UTF-8. Its one argument is the folder of `structure.py`.
"""

import ast
import hashlib
import json
import sys
import warnings

if sys.version_info < (3, 12):
    sys.exit(f"The judge is CPython's own parser, of 3.12 or newer; this is {sys.version.split()[0]}.")

warnings.simplefilter("ignore")
sys.path.insert(0, sys.argv[1])
sys.setrecursionlimit(20_000)

from structure import Structure  # noqa: E402


def digest(line):
    return hashlib.md5(line.encode("utf-8", "surrogatepass")).hexdigest()


def answer(question):
    text = question.get("text")
    if text is None:
        with open(question["path"], "rb") as file:
            data = file.read()
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            return {"other": True}
    else:
        data = text.encode("utf-8", "surrogatepass")
    try:
        # As bytes, so that its coding line counts, and line ends are its own.
        ast.parse(data)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        return {"taken": False, "why": str(error)}
    if "--trees" not in sys.argv:
        return {"taken": True}
    return {"taken": True, "digests": [digest(line) for line in Structure(text).module()]}


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))), flush=True)
