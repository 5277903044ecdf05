#!/usr/bin/env bash
# Guess: counters of multiply-adds differ by a factor of two (a multiply-add is one operation or two) and agree
#   otherwise on a layer as plain as a transposed convolution.
# What happens: thop, torchinfo and torchprofile use the formula of a convolution, weights times *output* positions. A
#   transposed convolution multiplies each *input* element by the whole kernel, so they count as many times too many as
#   the output has more positions (four times at stride 2); torchprofile counts a grouped one another g times too many.
#   fvcore, ptflops and PyTorch's own FlopCounterMode are right. All six are right for a convolution, grouped or not.
# Seen with: PyTorch 2.15.0, thop 0.1.1.post2209072238, torchinfo 1.8.0, torchprofile 0.1.0, fvcore 0.1.5.post20221221,
#   ptflops 0.7.5.
# For us: the multiply-adds of a decoder in our hover are a quarter of what thop prints. They are right, and whoever
#   compares the two is likely to take ours for the wrong ones.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
venv=${FINDINGS_VENV:-$work/venv}
[ -x "$venv/bin/python" ] || "${PYTHON:-python3}" -m venv "$venv"
"$venv/bin/python" -m pip install --quiet torch==2.15.0 torchvision==0.29.2 numpy==2.4.6 thop==0.1.1.post2209072238 \
  torchinfo==1.8.0 torchprofile==0.1.0 fvcore==0.1.5.post20221221 ptflops==0.7.5

"$venv/bin/python" -W ignore - <<'PROGRAM' | tee "$work/seen"
import contextlib
import io
from importlib.metadata import version

import fvcore.nn
import ptflops
import thop
import torch
import torchinfo
import torchprofile
from torch import nn
from torch.utils.flop_counter import FlopCounterMode

NAMES = ("torch", "thop", "torchinfo", "torchprofile", "fvcore", "ptflops")
print(", ".join(f"{name} {version(name).split('+')[0]}" for name in NAMES))
x = torch.zeros(1, 8, 16, 16)


def definition(layer):
    """Every weight meets every position of the input if transposed, of the output if not."""
    positions = x if isinstance(layer, nn.ConvTranspose2d) else layer(x)
    return layer.weight.numel() * positions[0, 0].numel()


def counts(layer):
    model = nn.Sequential(layer).eval()
    with contextlib.redirect_stdout(io.StringIO()), FlopCounterMode(display=False) as counter:
        model(x)
    with contextlib.redirect_stdout(io.StringIO()):
        yield "thop", thop.profile(model, inputs=(x,))[0]
        yield "torchinfo", torchinfo.summary(model, input_data=x, verbose=0).total_mult_adds
        yield "torchprofile", torchprofile.profile_macs(model, x)
        yield "fvcore", fvcore.nn.FlopCountAnalysis(model, x).total()
        yield "ptflops", ptflops.get_model_complexity_info(
            model, (8, 16, 16), as_strings=False, print_per_layer_stat=False, backend="pytorch"
        )[0]
    yield "torch", counter.get_total_flops() / 2


LAYERS = {
    "Conv2d k4 s2": nn.Conv2d(8, 4, 4, 2, 1, bias=False),
    "Conv2d k4 s2 g4": nn.Conv2d(8, 4, 4, 2, 1, groups=4, bias=False),
    "ConvTranspose2d k3 s1": nn.ConvTranspose2d(8, 4, 3, 1, 1, bias=False),
    "ConvTranspose2d k4 s2": nn.ConvTranspose2d(8, 4, 4, 2, 1, bias=False),
    "ConvTranspose2d k5 s3": nn.ConvTranspose2d(8, 4, 5, 3, 1, bias=False),
    "ConvTranspose2d k4 s2 g4": nn.ConvTranspose2d(8, 4, 4, 2, 1, groups=4, bias=False),
}
for name, layer in LAYERS.items():
    macs = definition(layer)
    print(f"{name}: {macs} by definition; " + ", ".join(f"{tool} ×{count / macs:g}" for tool, count in counts(layer)))
PROGRAM

cat > "$work/expected" <<'EXPECTED'
torch 2.15.0, thop 0.1.1-2209072238, torchinfo 1.8.0, torchprofile 0.1.0, fvcore 0.1.5.post20221221, ptflops 0.7.5
Conv2d k4 s2: 32768 by definition; thop ×1, torchinfo ×1, torchprofile ×1, fvcore ×1, ptflops ×1, torch ×1
Conv2d k4 s2 g4: 8192 by definition; thop ×1, torchinfo ×1, torchprofile ×1, fvcore ×1, ptflops ×1, torch ×1
ConvTranspose2d k3 s1: 73728 by definition; thop ×1, torchinfo ×1, torchprofile ×1, fvcore ×1, ptflops ×1, torch ×1
ConvTranspose2d k4 s2: 131072 by definition; thop ×4, torchinfo ×4, torchprofile ×4, fvcore ×1, ptflops ×1, torch ×1
ConvTranspose2d k5 s3: 204800 by definition; thop ×9, torchinfo ×9, torchprofile ×9, fvcore ×1, ptflops ×1, torch ×1
ConvTranspose2d k4 s2 g4: 32768 by definition; thop ×4, torchinfo ×4, torchprofile ×16, fvcore ×1, ptflops ×1, torch ×1
EXPECTED
diff "$work/expected" "$work/seen" || {
  echo 'CHANGED: a counter of multiply-adds no longer counts as it did.' >&2
  exit 1
}
echo 'As seen before.'
