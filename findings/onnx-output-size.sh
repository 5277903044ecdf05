#!/usr/bin/env bash
# Guess: a model exported to ONNX with open sizes runs on the sizes on which the model itself runs, whatever image it
#   was exported with.
# What happens: the tracing exporter keeps the `output_padding` that `output_size` came to for the sample. Made with an
#   even image the file runs on even sizes only, made with an odd one on odd ones only, and the sizes still stand in it
#   as open. The exporter by `torch.export` refuses such a model: an ONNX attribute cannot depend on a size.
# Seen with: PyTorch 2.15.0, onnx 1.23.2, onnxscript 0.7.2, ONNX Runtime 1.32.0.
# For us: an `output_padding` in an ONNX file may be the trace of one image, not a parameter of the layer.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
venv=${FINDINGS_VENV:-$work/venv}
[ -x "$venv/bin/python" ] || "${PYTHON:-python3}" -m venv "$venv"
"$venv/bin/python" -m pip install --quiet torch==2.15.0 numpy==2.4.6 onnx==1.23.2 onnxscript==0.7.2 onnxruntime==1.32.0

"$venv/bin/python" -W ignore - <<'PROGRAM' | tee "$work/seen"
import contextlib
import io

import onnx
import onnxruntime
import torch
from torch import nn

print(f"torch {torch.__version__.split('+')[0]}, ONNX Runtime {onnxruntime.__version__}")
onnxruntime.set_default_logger_severity(4)


class Restoring(nn.Module):
    def __init__(self):
        super().__init__()
        self.down = nn.Conv2d(1, 4, 3, stride=2, padding=1)
        self.up = nn.ConvTranspose2d(4, 2, 3, stride=2, padding=1)

    def forward(self, x):
        return torch.cat([self.up(self.down(x), output_size=x.shape[2:]), x], 1)


model = Restoring().eval()


def outcome(session, size):
    try:
        return f"{size} {session.run(None, {'x': torch.zeros(1, 1, size, size).numpy()})[0].shape[2:]}"
    except Exception:
        return f"{size} fails"


for sample in (32, 33):
    file = io.BytesIO()
    torch.onnx.export(
        model,
        (torch.zeros(1, 1, sample, sample),),
        file,
        dynamo=False,
        input_names=["x"],
        dynamic_axes={"x": {2: "h", 3: "w"}},
    )
    graph = onnx.load_from_string(file.getvalue()).graph
    node = next(node for node in graph.node if node.op_type == "ConvTranspose")
    padding = next((list(a.ints) for a in node.attribute if a.name == "output_padding"), "none")
    sizes = [dim.dim_param for dim in graph.input[0].type.tensor_type.shape.dim[2:]]
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 4
    session = onnxruntime.InferenceSession(file.getvalue(), options)
    runs = ", ".join(outcome(session, size) for size in (30, 31, 32, 33))
    print(f"traced with {sample}: open sizes {sizes}, output_padding {padding}; runs on {runs}")

try:
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        auto = torch.export.Dim.AUTO
        torch.onnx.export(model, (torch.zeros(1, 1, 32, 32),), dynamo=True, dynamic_shapes=({2: auto, 3: auto},))
    print("exported by torch.export: passes")
except Exception as error:
    print(f"exported by torch.export: {type(error).__name__}")
PROGRAM

cat > "$work/expected" <<'EXPECTED'
torch 2.15.0, ONNX Runtime 1.32.0
traced with 32: open sizes ['h', 'w'], output_padding [1, 1]; runs on 30 (30, 30), 31 fails, 32 (32, 32), 33 fails
traced with 33: open sizes ['h', 'w'], output_padding none; runs on 30 fails, 31 (31, 31), 32 fails, 33 (33, 33)
exported by torch.export: ConversionError
EXPECTED
diff "$work/expected" "$work/seen" || {
  echo 'CHANGED: an exporter treats a size asked for at the call otherwise than it did.' >&2
  exit 1
}
echo 'As seen before.'
