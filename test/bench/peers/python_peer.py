"""PyTorch and SciPy as peers, of a number of threads: answers one line of JSON with one line of JSON, as serve.ts does."""

import json
import statistics
import sys
import time

import numpy as np
import torch

torch.set_num_threads(int(sys.argv[3]))
torch.set_grad_enabled(False)
name, workloads = sys.argv[1], json.loads(sys.argv[2])
DATA = ".cache/bench/data"
loaded = {}


def layer(work):
    key = work["name"]
    op, rank = work["op"], len(work["weightShape"]) - 2
    x = torch.from_numpy(np.fromfile(f"{DATA}/{key}.x", np.float32)).reshape(work["inputShape"])
    w = torch.from_numpy(np.fromfile(f"{DATA}/{key}.w", np.float32)).reshape(work["weightShape"])
    common = dict(stride=op["stride"], padding=op["padding"], dilation=op["dilation"], groups=op.get("groups", 1))
    if op["kind"] == "conv":
        function = getattr(torch.nn.functional, f"conv{rank}d")
    else:
        function = getattr(torch.nn.functional, f"conv_transpose{rank}d")
        common["output_padding"] = op["outputPadding"]
    return lambda: function(x, w, **common)


def load(key):
    """One layer or several, which are run one after another; the last one's output is shown."""
    layers = [layer(work) for work in workloads[key]]

    def run():
        for each in layers:
            y = each()
        return y

    loaded[key] = run
    for _ in range(2):
        y = run()
    y.numpy().astype(np.float32).tofile(f"{DATA}/{key}.{name}")
    return {"loaded": True}


def timed(run, milliseconds):
    for _ in range(3):
        begun = time.perf_counter()
        run()
        last = time.perf_counter() - begun
    batch = 200 if last < 2e-5 else 1
    times, end = [], time.perf_counter() + milliseconds / 1000
    while len(times) < 3 or time.perf_counter() < end:
        started = time.perf_counter()
        for _ in range(batch):
            run()
        times.append((time.perf_counter() - started) / batch * 1000)
    return {"median": statistics.median(times), "fastest": min(times)}


def matrix():
    """C of one channel 1024², k3: its three arrays by broadcasting, then csr_matrix; and C·x."""
    import scipy.sparse

    size, k = 1024, 3
    out = size - k + 1
    weight = np.random.rand(9).astype(np.float32)
    x = np.random.rand(size * size).astype(np.float32)
    offsets = (np.arange(k)[:, None] * size + np.arange(k)).ravel().astype(np.int32)

    def build():
        base = (np.arange(out, dtype=np.int32)[:, None] * size + np.arange(out, dtype=np.int32)).ravel()
        columns = (base[:, None] + offsets).ravel()
        values = np.broadcast_to(weight, (out * out, 9)).ravel()
        pointers = np.arange(0, out * out * 9 + 1, 9, dtype=np.int32)
        return scipy.sparse.csr_matrix((values, columns, pointers), shape=(out * out, size * size), copy=False)

    made = build()
    return {"build": timed(build, 400)["median"], "product": timed(lambda: made @ x, 150)["median"]}


def peak():
    """The rate of a product of two matrices, which nothing that PyTorch does exceeds, GFLOP/s."""
    size = 1024
    a, b = torch.rand(size, size), torch.rand(size, size)
    return {"gflops": 2 * size**3 / timed(lambda: a @ b, 300)["fastest"] / 1e6}


def answer(ask):
    if "load" in ask:
        return load(ask["load"])
    if "slice" in ask:
        return timed(loaded[ask["slice"]], ask["ms"])
    return peak() if ask["extra"] == "peak" else matrix()


for line in sys.stdin:
    try:
        reply = answer(json.loads(line))
    except Exception as error:  # every failure is an answer, so that the asker does not hang
        reply = {"error": str(error)}
    print("#" + json.dumps(reply), flush=True)
