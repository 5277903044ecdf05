"""Draws programs, runs them with PyTorch, and prints one line of JSON for each: what it is and what was seen.

    python generate.py --count N --seed S [--from INDEX] [--only CONSTRUCT]

A line is `{"id", "source", "constructs": [[step, name]], "lines": [step of each line], "sites", "raised"}`. Sites are
those of `test/oracle/python/record.py`; `raised` has the lines of the program on the way to where it raised, outermost
first, and the error in PyTorch's words. The first line is `{"torch": version}`. A program depends on its seed and its
number alone.
"""

import argparse
import contextlib
import io
import json
import os
import random
import re
import signal
import sys
import types
import warnings

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path += [HERE, os.path.join(HERE, "..", "..", "oracle", "python")]
warnings.filterwarnings("ignore")

from record import Recorder, patch_torch  # noqa: E402

import constructs  # noqa: E402, F401
from constructs.convolutions import probe  # noqa: E402
from draft import CONTEXTS, FRAMES, ILLEGAL, MAPS, NUMBERS, STEPS, Draft  # noqa: E402

PROGRAM = "<program>"
SECONDS = 10


class OutOfTime(BaseException):
    """Not an Exception: a program that catches those does not catch this."""


def stop(*_) -> None:
    raise OutOfTime


def input_shape(rng: random.Random, ranks) -> tuple:
    rank = rng.choice([each for each in ranks if each in MAPS] or list(ranks))
    sizes = {1: [24], 2: [3, 20], 3: [2, 4, 16], 4: [2, 4, 9, 12], 5: [1, 2, 5, 6, 7]}[rank]
    return tuple(max(1, size + rng.choice([0, 0, 1, 2, -1])) for size in sizes)


def draw(seed: int, index: int, only: str | None) -> Draft:
    """One program. A construct of each kind has its turn in it, and occurs if it can."""
    rng = random.Random(f"{seed}:{index}")
    turns = {kind: list(registered)[index % len(registered)] for kind, registered in KINDS.items()}
    lead, numbered_by, around_by, ended_by = (turns[kind] for kind in ("step", "number", "context", "illegal"))
    if only in STEPS:
        lead = only
    ends = index % 3 == 0 or only in ILLEGAL
    if ends:
        ended_by = only if only in ILLEGAL else list(ILLEGAL)[index // 3 % len(ILLEGAL)]
    frame = FRAMES[only if only in FRAMES else rng.choice(list(FRAMES))]
    p = Draft(rng, input_shape(rng, STEPS[lead].ranks), getattr(frame, "inside", False))
    p.frame = frame
    p.used.append((0, frame.__name__))
    todo = [lead, *(None for _ in range(rng.randint(0, 2)))]
    if only in NUMBERS or rng.random() < 0.6:
        todo.append(only if only in NUMBERS else numbered_by)
    rng.shuffle(todo)
    around_at = rng.randrange(len(todo))
    for place, wanted in enumerate(todo):
        for _ in range(12):
            if wanted in STEPS and p.rank not in STEPS[wanted].ranks:
                give(p, rng, STEPS[wanted].ranks)
            fitting = [each for each, make in STEPS.items() if p.rank in make.ranks] or ["flip_sign"]
            name = wanted or rng.choice(fitting)
            around = only if only in CONTEXTS else around_by if place == around_at else None
            make = (lambda q, name=name: numbered(q, name)) if name in NUMBERS else STEPS[name]
            if p.take(name, make, around):
                break
        if rng.random() < 0.7 or wanted or place == len(todo) - 1:
            p.take("probe", probe, None)
    if ends or rng.random() < 0.05:
        ending(p, rng, ended_by)
    return p


KINDS = {"step": STEPS, "number": NUMBERS, "context": CONTEXTS, "illegal": ILLEGAL}


def give(p: Draft, rng: random.Random, ranks) -> None:
    """Another tensor, with a number of axes that a construct takes."""
    sizes = ", ".join(map(str, input_shape(rng, ranks)))
    p.take("given", lambda q: q.put(f"x = torch.ones({sizes})"), None)


def numbered(p: Draft, name: str) -> None:
    """A convolution, a pad or a repetition whose size the construct decides."""
    wanted = p.whole(1, 3)
    expression = p.made_number(wanted, name)
    spatial = max(1, p.rank - 2)
    if p.rank > 5:
        p.put("x = x.flatten(4)")
    channels = p.shape[p.rank - spatial - 1]
    p.put(
        p.one(
            f"x = F.pad(x, ({expression}, {expression}))",
            f"x = nn.Conv{spatial}d({channels}, {p.whole(1, 4)}, {expression}, padding=2)(x)",
            f"x = torch.cat([x] * ({expression}), 0)",
            f"x = x.repeat_interleave({expression}, dim=-1)",
        )
    )


def ending(p: Draft, rng: random.Random, wanted: str) -> None:
    """A last step that is refused."""
    if p.rank not in ILLEGAL[wanted].ranks:
        give(p, rng, ILLEGAL[wanted].ranks)
    p.ending = True
    for _ in range(12):
        before = p.at
        if not p.take(wanted, ILLEGAL[wanted], None) and p.at > before:
            return


def assembled(p: Draft) -> tuple:
    """The program's text, and for each line the step to which it belongs."""
    for part in p.parts:
        p.parts[part] = [(at, [f"{line}\0{at}" for line in block]) for at, block in p.parts[part]]
    lines = [*p.imports, *p.frame(p)]
    steps = []
    for index, line in enumerate(lines):
        found = re.search(r"\0(\d+)$", line)
        steps.append(int(found[1]) if found else 0)
        lines[index] = line.split("\0")[0]
    return "\n".join(lines) + "\n", steps


def run(source: str, holder: list) -> dict:
    recorder = Recorder(PROGRAM)
    main = types.ModuleType("__main__")
    main.__dict__["__name__"] = "__main__"
    previous, sys.modules["__main__"] = sys.modules["__main__"], main
    holder[:] = [recorder]
    raised = None
    signal.alarm(SECONDS)
    try:
        exec(compile(source, PROGRAM, "exec"), main.__dict__)
    except (Exception, OutOfTime) as error:
        at, frame = [], error.__traceback__
        while frame is not None:
            if frame.tb_frame.f_code.co_filename == PROGRAM:
                at.append(frame.tb_lineno)
            frame = frame.tb_next
        raised = {"lines": at, "kind": type(error).__name__, "error": str(error).strip()[:600]}
    finally:
        signal.alarm(0)
        holder.clear()
        sys.modules["__main__"] = previous
    sites = sorted((site for site in recorder.sites.values() if site["callee"]), key=lambda site: site["at"])
    return {"sites": sites, "raised": raised}


def main() -> None:
    import torch

    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--from", type=int, default=0, dest="start")
    parser.add_argument("--only")
    options = parser.parse_args()
    torch.set_num_threads(1)
    holder: list = []
    patch_torch(holder)
    signal.signal(signal.SIGALRM, stop)
    every = [*STEPS, *NUMBERS, *CONTEXTS, *FRAMES, *ILLEGAL]
    print(json.dumps({"torch": torch.__version__.split("+")[0], "constructs": every}))
    for index in range(options.start, options.start + options.count):
        sys.argv = ["train.py"]
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            torch.manual_seed(0)
            p = draw(options.seed, index, options.only)
            source, steps = assembled(p)
            truth = run(source, holder)
        if truth["raised"] and truth["raised"]["kind"] == "OutOfTime":
            continue
        print(
            json.dumps(
                {"id": f"{options.seed}:{index}", "source": source, "constructs": p.used, "lines": steps, **truth}
            )
        )


if __name__ == "__main__":
    main()
