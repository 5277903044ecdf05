"""Runs one scenario in a checkout of public code and prints, as JSON, what every convolution call site in it saw
and which statements of the checkout's modules were not executed: of what those do, there is no truth.

    python run_scenario.py CHECKOUT SCENARIO

A scenario is a small program that imports models of the checkout and calls them. Nothing of the checkout is changed.
"""

import ast
import json
import os
import sys
import traceback

from lenient import (
    CheckoutFinder,
    CheckoutRecorder,
    Executed,
    Lenient,
    StandInFinder,
    patch_keras,
    patch_torch,
    stub_summaries,
    without_gpu,
)


def main() -> None:
    root, scenario = os.path.realpath(sys.argv[1]), os.path.realpath(sys.argv[2])
    with open(scenario) as file:
        source = file.read()
    keras = "keras" in source
    holder: list = []
    patch_torch(holder)
    if keras:
        patch_keras(holder)
    stub_summaries()
    without_gpu()
    arguments = [line.split(":", 1)[1].split() for line in source.splitlines() if line.startswith("# argv:")]
    sys.argv = ["train.py", *(arguments[0] if arguments else [])]
    os.chdir(root)
    sys.path.insert(0, root)
    sys.meta_path.insert(0, CheckoutFinder(root))
    sys.meta_path.append(StandInFinder(root))
    recorder = CheckoutRecorder(root)
    holder[:] = [recorder]
    name = os.path.join(root, "coverage_scenario.py")
    out, sys.stdout = sys.stdout, sys.stderr
    with Executed(root) as executed:
        for statement in ast.parse(source).body:
            try:
                scope = globals().setdefault("_scope", {"__name__": "__main__"})
                exec(compile(ast.Module([statement], []), name, "exec"), scope)
            except Exception:
                traceback.print_exc()
    Lenient.pass_over_unexecuted(executed.begun)
    sys.stdout = out
    sites = [site for site in recorder.sites.values() if site["callee"]]
    print(
        json.dumps(
            {"sites": sorted(sites, key=lambda site: (site["file"], site["at"])), "passedOver": Lenient.passed_over}
        )
    )


main()
