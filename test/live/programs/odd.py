"""Values that hold tensors in odd places, and expressions that are no names, debugged over a port."""
import collections
import dataclasses
import json
import os
import sys
import tempfile
import types

import debugpy
import numpy as np
import torch
from torch.masked import masked_tensor
from torch.nn.utils import parametrizations


@dataclasses.dataclass
class Batch:
    image: torch.Tensor
    label: torch.Tensor
    name: str = "first"


class Slots:
    __slots__ = ("image", "nothing")

    @property
    def dear(self):
        raise AssertionError("nobody asked for this")


class Net(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = torch.nn.Conv2d(1, 2, 3)
        self.cache = torch.ones(3)


def main(path):
    torch.manual_seed(0)
    odd = {("a", 1): torch.ones(1), "it's \"q\"\n": torch.ones(2), None: torch.ones(3), 2.5: torch.ones(4), b"x": torch.ones(5)}
    odd[torch.float32] = torch.ones(6)
    batch = Batch(torch.ones(1, 1, 3, 3), torch.zeros(1))
    space = types.SimpleNamespace(a=torch.ones(2), b="no tensor")
    slots = Slots()
    slots.image = torch.ones(2)
    queue = collections.deque([torch.ones(1)])
    file = os.path.join(tempfile.mkdtemp(), "a.npz")
    np.savez(file, image=np.arange(3.0))
    saved = np.load(file)
    net = Net()
    keyed = {net.cache: torch.ones(1)}
    masked = masked_tensor(torch.arange(3), torch.tensor([True, False, True]))
    packed = torch.zeros(4, dtype=torch.uint8).view(torch.float4_e2m1fn_x2)
    dates = np.array(["1970-01-03", "NaT"], "M8[D]")
    raw = np.zeros(2, "V3")
    large = torch.tensor([2**60 + 1, 3])
    exact = np.array([2**53, -(2**53)])
    spectral = parametrizations.spectral_norm(torch.nn.Conv2d(3, 4, 3))
    vector = spectral.parametrizations.weight[0]._u
    before = vector.clone()
    pieces = (torch.full((3 * 2**20,), float(at)) for at in range(9))
    with open(path, "w") as out:
        json.dump({"masked": [[3], [0, "nan", 2]], "dates": [[2], [2, "nan"]]}, out)
    debugpy.breakpoint()
    print("same vector:", torch.equal(before, vector), flush=True)
    print("next:", float(next(pieces)[0]), flush=True)
    debugpy.breakpoint()


port = debugpy.listen(("127.0.0.1", 0))[1]
print("port", port, flush=True)
debugpy.wait_for_client()
main(sys.argv[1])
