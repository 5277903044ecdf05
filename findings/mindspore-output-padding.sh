#!/usr/bin/env bash
# Guess: output_padding means the same in a framework's layers of two and of three axes: more of the stamps is kept at the end.
# What happens: MindSpore's `nn.Conv2dTranspose` computes the output without it, adds the bias, and appends zeros;
#   `nn.Conv3dTranspose` gives the real values, as PyTorch does. `nn.Conv1dTranspose` has no such argument.
# Seen with: MindSpore 2.10.0 on the CPU, pad_mode="pad".
# For us: the table of frameworks, and what the view Compare says of a layer of two axes with output padding.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
venv=${FINDINGS_VENV:-$work/venv}
[ -x "$venv/bin/python" ] || "${PYTHON:-python3}" -m venv "$venv"
"$venv/bin/python" -m pip install --quiet mindspore==2.10.0 numpy==2.4.6

"$venv/bin/python" -W ignore - 2> "$work/log" <<'PROGRAM' | tee "$work/seen" || { cat "$work/log" >&2; exit 2; }
import inspect

import mindspore
import numpy as np
from mindspore import Tensor, nn

print(f"MindSpore {mindspore.__version__}, a 1 under the kernel 1 … 3 in each axis, k 3, s 2, p 1, output padding 1, bias 100")
for rank, layer in ((2, nn.Conv2dTranspose), (3, nn.Conv3dTranspose)):
    # Along the last axis the kernel is 1, 2, 3, whatever the other places.
    kernel = np.broadcast_to(np.arange(1, 4, dtype=np.float32), (1, 1) + (3,) * rank).copy()
    made = layer(1, 1, 3, stride=2, pad_mode="pad", padding=1, output_padding=1, has_bias=True, weight_init=Tensor(kernel))
    made.bias.set_data(Tensor(np.full(1, 100, np.float32)))
    output = made(Tensor(np.ones((1, 1) + (1,) * rank, np.float32))).asnumpy()
    print(f"{layer.__name__}: {output.shape[2:]}, {output.astype(int).ravel().tolist()}")
print("Conv1dTranspose has output_padding:", "output_padding" in inspect.signature(nn.Conv1dTranspose.__init__).parameters)
PROGRAM

cat > "$work/expected" <<'EXPECTED'
MindSpore 2.10.0, a 1 under the kernel 1 … 3 in each axis, k 3, s 2, p 1, output padding 1, bias 100
Conv2dTranspose: (2, 2), [102, 0, 0, 0]
Conv3dTranspose: (2, 2, 2), [102, 103, 102, 103, 102, 103, 102, 103]
Conv1dTranspose has output_padding: False
EXPECTED
diff "$work/expected" "$work/seen" || {
  echo 'CHANGED: MindSpore makes output padding of other values than it did.' >&2
  exit 1
}
echo 'As seen before.'
