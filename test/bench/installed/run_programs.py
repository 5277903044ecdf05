"""Runs programs that build models of installed packages, and prints as JSON what every convolution call in them saw.

    python run_programs.py PROGRAM…

A call site is an expression of the program's own text or of an installed package other than PyTorch, whose own files are no
part of what is read: the packages' versions stand in requirements.txt beside this file.
"""

import importlib.metadata
import json
import os
import site
import sys
import traceback
import types
import warnings

warnings.filterwarnings("ignore")
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.append(os.path.join(HERE, "..", "..", "oracle", "python"))
from record import Recorder, patch_torch  # noqa: E402

PACKAGES = os.path.realpath(site.getsitepackages()[0])
NOT_READ = (os.path.join(PACKAGES, "torch") + os.sep,)


class PackageRecorder(Recorder):
    """Sites of the program and of every installed file."""

    def owns(self, filename: str) -> bool:
        return filename == self.program or (filename.startswith(PACKAGES) and not filename.startswith(NOT_READ))

    def site(self, frame: types.FrameType) -> dict:
        line, end_line, column, end_column = list(frame.f_code.co_positions())[frame.f_lasti // 2]
        file = frame.f_code.co_filename
        return self.sites.setdefault(
            (file, line, column, end_line, end_column),
            {"file": file, "at": [line, column, end_line, end_column], "callee": None, "uses": [], "error": None},
        )


def main() -> None:
    import torch

    torch.manual_seed(0)
    holder: list = []
    patch_torch(holder)
    out, sys.stdout = sys.stdout, sys.stderr
    found = []
    for path in map(os.path.realpath, sys.argv[1:]):
        recorder = PackageRecorder(path)
        holder[:] = [recorder]
        with open(path) as file:
            source = file.read()
        raised = None
        try:
            with torch.no_grad():
                exec(compile(source, path, "exec"), {"__name__": "__main__"})
        except Exception as error:
            traceback.print_exc()
            raised = f"{type(error).__name__}: {error}"
        holder.clear()
        sites = sorted(
            (each for each in recorder.sites.values() if each["callee"]), key=lambda each: (each["file"], each["at"])
        )
        found.append({"program": os.path.basename(path), "sites": sites, "raised": raised})
    sys.stdout = out
    names = [line.split("==")[0] for line in open(os.path.join(HERE, "requirements.txt")) if "==" in line]
    versions = {name: importlib.metadata.version(name) for name in names}
    print(json.dumps({"packages": PACKAGES, "versions": versions, "programs": found}))


main()
