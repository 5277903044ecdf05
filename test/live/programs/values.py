"""Values of PyTorch's, JAX's and NumPy's, debugged over a port. Writes what each of them is into the file that it is told."""
import json
import os
import sys

os.environ["XLA_FLAGS"] = "--xla_force_host_platform_device_count=2"

import tempfile

import dask.array
import debugpy
import jax
import jax.numpy as jnp
import numpy as np
import torch
import torch.distributed
import zarr
from jax.sharding import Mesh, NamedSharding, PartitionSpec


def listed(values):
    """Shape and numbers, in float64, with texts for those that JSON has not."""
    array = np.asarray(values, np.float64)
    return [list(array.shape), [value if np.isfinite(value) else str(value) for value in array.ravel().tolist()]]


def wide(tensor):
    return tensor.detach().to(torch.float64).numpy()


class Device:
    """A stand-in for an array of CuPy's, on a machine without a device: its errors are those that CuPy raises."""

    device = type("Number", (), {"id": 0})

    def __init__(self, array, error=None):
        self.array, self.error, self.shape, self.dtype = array, error, array.shape, array.dtype

    def __getitem__(self, window):
        return Device(self.array[window], self.error)

    def get(self):
        if self.error:
            raise self.error
        return self.array


Device.__module__ = "cupy"


class Loud:
    """Whatever is done with it prints, or raises."""

    def __repr__(self):
        print("LOUD")
        raise ValueError("no text")

    @property
    def shape(self):
        raise AttributeError("no shape")


def parted():
    """A tensor in two parts, of which this process holds the first. No second process is there to be asked."""
    from torch.distributed.tensor import DTensor, Shard, init_device_mesh
    from torch.testing._internal.distributed.fake_pg import FakeStore

    torch.distributed.init_process_group("fake", store=FakeStore(), rank=0, world_size=2)
    return DTensor.from_local(torch.arange(6.0).reshape(2, 3), init_device_mesh("cpu", (2,)), [Shard(0)])


def main(path):
    torch.manual_seed(0)
    ramp = np.arange(24, dtype=np.float32).reshape(1, 2, 3, 4)
    half = np.array([0.5, -2.0, 65504.0, np.inf, np.nan, 6e-8], np.float16)
    swapped = np.arange(6, dtype=">i4").reshape(2, 3)
    large = np.array([2**53 - 1, -5], np.int64)
    fine = np.array([0.1, 1 / 3, -(2.0**53) + 1, 5e-324])
    masked = np.ma.masked_greater(np.arange(5.0), 2)
    structured = np.zeros(3, [("x", "f4"), ("y", "i4")])
    words = np.array(["a", "b"])
    x = torch.randn(1, 3, 8, 8, requires_grad=True)
    view = x[:, 1:, ::2, 1::3]
    last = torch.randn(2, 3, 4, 5).to(memory_format=torch.channels_last)
    bf = torch.tensor([1.0, 3.140625, -0.0078125, float("inf")], dtype=torch.bfloat16)
    tiny = torch.tensor([1.0, -0.5, 448.0]).to(torch.float8_e4m3fn)
    other = torch.tensor([1.0, -0.5, 57344.0]).to(torch.float8_e5m2)
    flags = torch.tensor([[True, False], [False, True]])
    waves = torch.tensor([1 + 2j, -3j])
    scalar = torch.tensor(2.5)
    empty = torch.zeros(0, 3)
    deep = torch.arange(120.0, dtype=torch.float64).reshape(1, 2, 3, 4, 5)
    whole = torch.arange(6, dtype=torch.int16).reshape(2, 3)
    fixed = torch.quantize_per_tensor(torch.tensor([0.1, 0.5, -1.0]), 0.1, 3, torch.qint8)
    thin = torch.eye(3).to_sparse()
    meta = torch.empty(3, device="meta")
    with torch._subclasses.FakeTensorMode():
        fake = torch.empty(3)
    gone = torch.ones(4)
    gone.untyped_storage().resize_(0)
    both = {"first": torch.ones(2), 3: [torch.zeros(1)]}
    layer = torch.nn.ConvTranspose2d(3, 4, 3, stride=2, padding=1, output_padding=1)
    net = torch.nn.Sequential(torch.nn.Conv2d(3, 2, 3, padding="same", dilation=2), torch.nn.ReLU())
    layer(x).sum().backward()
    wide_picture = torch.ones(1, 3, 1500, 1500)
    traced = jnp.linspace(0.0, 1.0, 7)
    mesh = Mesh(np.array(jax.devices()), ("rows",))
    sharded = jax.device_put(jnp.arange(48.0).reshape(8, 6), NamedSharding(mesh, PartitionSpec("rows")))
    brain = jnp.asarray([1.5, -2.25], jnp.bfloat16)
    lazy = dask.array.from_array(np.arange(60.0).reshape(6, 10), chunks=(2, 5)) * 2
    stored = zarr.create_array(store=tempfile.mkdtemp() + "/a.zarr", shape=(6, 10), chunks=(4, 4), dtype="f4")
    stored[:] = np.arange(60.0).reshape(6, 10)
    part = parted()
    device = Device(np.arange(6.0).reshape(2, 3))
    full = Device(ramp, MemoryError("Out of memory allocating 8,589,934,592 bytes"))
    broken = Device(ramp, RuntimeError("CUDA error: an illegal memory access was encountered"))
    loud = Loud()
    huge = np.lib.stride_tricks.as_strided(np.arange(40000, dtype=np.float32), (1000, 1000, 1000), (40, 4, 8))
    wanted = {
        "ramp": listed(ramp),
        "ramp[0, 1]": listed(ramp[0, 1]),
        "half": listed(half),
        "swapped": listed(swapped),
        "large": listed(large),
        "fine": listed(fine),
        "masked": listed(masked.filled(np.nan)),
        "x": listed(wide(x)),
        "x.grad": listed(wide(x.grad)),
        "view": listed(wide(view)),
        "last": listed(wide(last)),
        "bf": listed(wide(bf)),
        "tiny": listed(wide(tiny.float())),
        "other": listed(wide(other.float())),
        "flags": listed(wide(flags)),
        "waves": listed(waves.real.numpy()),
        "torch.conj(waves).imag": listed(-waves.imag.numpy()),
        "scalar": listed(2.5),
        "deep": listed(wide(deep)),
        "whole.t()": listed(whole.t().numpy()),
        "fixed": listed(wide(fixed.dequantize())),
        "thin": listed(np.eye(3)),
        "both['first']": listed([1, 1]),
        "traced": listed(traced),
        "sharded": listed(sharded),
        "brain": listed([1.5, -2.25]),
        "np.float32(0.1)": listed(np.float32(0.1)),
        "[1, 2.5, True]": listed([1, 2.5, 1]),
        "memoryview(ramp)": listed(ramp),
        "layer.weight": listed(wide(layer.weight)),
        "layer.bias": listed(wide(layer.bias)),
        "net[0].weight": listed(wide(net[0].weight)),
        "layer(x)": listed(wide(layer(x))),
        "lazy": listed(np.arange(60.0).reshape(6, 10) * 2),
        "stored": listed(np.arange(60.0).reshape(6, 10)),
        "part": listed(np.arange(6.0).reshape(2, 3)),
        "device": listed(np.arange(6.0).reshape(2, 3)),
        "huge[::62, ::2, ::2]": listed(huge[3:5, 10:14:2, ::499]),
        "sharded[1:8:3, 2:]": listed(sharded[1:8:3, 2:]),
    }
    with open(path, "w") as file:
        json.dump(wanted, file)
    names = sorted(locals())
    weight = layer.weight.detach().clone()
    debugpy.breakpoint()  # first stop: everything is looked at
    print("same names:", sorted(set(locals()) - {"names", "weight"}) == names, flush=True)
    print("same weight:", torch.equal(weight, layer.weight.detach()), flush=True)

    with np.errstate(all="raise"), torch.device("meta"), jax.transfer_guard("disallow"):
        debugpy.breakpoint()  # second stop: under the program's own rules

    def under_trace(value, traced_outside=traced):
        doubled = value * 2
        debugpy.breakpoint()  # third stop: while JAX traces
        return doubled + 1

    print("equations:", len(jax.make_jaxpr(under_trace)(traced).eqns), flush=True)
    for step in range(3):
        x = torch.full((1, 2, 3), float(step))
        x[0, 0, step] = -1.0
        debugpy.breakpoint()  # three stops: a value that changes
    print("put:", json.dumps(listed(wide(layer.weight))[1][:3]), flush=True)


port = debugpy.listen(("127.0.0.1", 0))[1]
print("port", port, flush=True)
debugpy.wait_for_client()
main(sys.argv[1])
