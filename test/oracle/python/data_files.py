"""Writes what Python makes of the files in `test/fixtures/data`: json of the standard library, and PyYAML 6.0.4. Run by hand:

    venv/bin/pip install pyyaml==6.0.4
    venv/bin/python test/oracle/python/data_files.py
"""

import json
from pathlib import Path

import yaml

TESTS = Path(__file__).parent.parent.parent
READERS = {".json": json.loads, ".yaml": yaml.safe_load}


def plain(value):
    """The value as text with its type: JSON would not tell 1 from 1.0."""
    if isinstance(value, dict):
        return {repr(key): plain(each) for key, each in value.items()}
    return [plain(each) for each in value] if isinstance(value, list) else repr(value)


def main():
    files = sorted((TESTS / "fixtures" / "data").iterdir())
    values = {path.name: plain(READERS[path.suffix](path.read_text())) for path in files}
    found = {"pyyaml": yaml.__version__, "values": values}
    (TESTS / "oracle" / "goldens" / "data.json").write_text(json.dumps(found, indent=1) + "\n")


if __name__ == "__main__":
    main()
