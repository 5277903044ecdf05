"""Values of Paddle's, debugged over a port. Writes what each of them is into the file that it is told."""
import json
import sys

import debugpy
import numpy as np
import paddle


def listed(values):
    array = np.asarray(values, np.float64)
    return [list(array.shape), [value if np.isfinite(value) else str(value) for value in array.ravel().tolist()]]


def main(path):
    ramp = paddle.arange(24, dtype="float32").reshape([1, 2, 3, 4])
    fine = paddle.to_tensor([0.1, 1 / 3], "float64")
    half = paddle.to_tensor([0.5, -2.0, 65504.0, float("inf")], "float16")
    brain = paddle.to_tensor([1.0, 3.140625, -0.0078125]).astype("bfloat16")
    large = paddle.to_tensor([2**53 - 1, -5], "int64")
    small = paddle.to_tensor([[0, 255]], "uint8")
    flags = paddle.to_tensor([[True, False]])
    waves = paddle.to_tensor([1 + 2j, -3j], "complex64")
    scalar = paddle.to_tensor(2.5)
    empty = paddle.zeros([0, 3])
    deep = paddle.arange(120, dtype="float64").reshape([1, 2, 3, 4, 5])
    thin = paddle.sparse.sparse_coo_tensor([[0, 1], [1, 0]], [1.0, 2.0], [2, 2])
    view = ramp.transpose([3, 2, 1, 0])
    trained = paddle.create_parameter([2, 2], "float32", default_initializer=paddle.nn.initializer.Constant(0.5))
    (trained.sum() * 3).backward()
    huge = paddle.zeros([3000, 1000, 4])
    wanted = {
        "ramp": listed(ramp),
        "fine": listed(fine),
        "half": listed(half),
        "brain": listed([1.0, 3.140625, -0.0078125]),
        "large": listed(large),
        "small": listed(small),
        "flags": listed([[1, 0]]),
        "waves": listed(np.asarray(waves.numpy()).real),
        "scalar": listed(2.5),
        "deep": listed(deep),
        "thin": listed([[0, 1], [2, 0]]),
        "view": listed(np.arange(24.0).reshape(1, 2, 3, 4).transpose(3, 2, 1, 0)),
        "trained": listed([[0.5, 0.5], [0.5, 0.5]]),
        "trained.grad": listed([[3, 3], [3, 3]]),
    }
    with open(path, "w") as file:
        json.dump(wanted, file)
    debugpy.breakpoint()
    print("end", flush=True)


port = debugpy.listen(("127.0.0.1", 0))[1]
print("port", port, flush=True)
debugpy.wait_for_client()
main(sys.argv[1])
