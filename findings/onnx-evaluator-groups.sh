#!/usr/bin/env bash
# Guess: ONNX's own reference evaluator is slow, but it runs every operator of the standard, so it is the one to ask
#   when two runtimes differ.
# What happens: it cannot run a grouped ConvTranspose, unless it is depthwise with one output channel a group. Checker
#   and shape inference take the model, ONNX Runtime runs it, the evaluator raises an error about a broadcast or a
#   reshape.
# Seen with: onnx 1.23.2, ONNX Runtime 1.32.0.
# For us: goldens of grouped transposed convolutions cannot come from the evaluator; ONNX Runtime and PyTorch make them.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
venv=${FINDINGS_VENV:-$work/venv}
[ -x "$venv/bin/python" ] || "${PYTHON:-python3}" -m venv "$venv"
"$venv/bin/python" -m pip install --quiet numpy==2.4.6 onnx==1.23.2 onnxruntime==1.32.0

"$venv/bin/python" -W ignore - <<'PROGRAM' | tee "$work/seen"
import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, checker, helper, numpy_helper, shape_inference
from onnx.reference import ReferenceEvaluator

print(f"onnx {onnx.__version__}, ONNX Runtime {onnxruntime.__version__}")
random = np.random.default_rng(0)


def ask(channels, per_group, groups):
    x = random.standard_normal((1, channels, 5, 5)).astype(np.float32)
    weight = random.standard_normal((channels, per_group, 3, 3)).astype(np.float32)
    node = helper.make_node("ConvTranspose", ["x", "w"], ["y"], strides=[2, 2], group=groups)
    graph = helper.make_graph(
        [node],
        "one",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, x.shape)],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, [1, per_group * groups, 11, 11])],
        [numpy_helper.from_array(weight, "w")],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 22)], ir_version=10)
    checker.check_model(model)
    shape_inference.infer_shapes(model, strict_mode=True)
    runtime = onnxruntime.InferenceSession(model.SerializeToString()).run(None, {"x": x})[0]
    try:
        same = np.allclose(ReferenceEvaluator(model).run(None, {"x": x})[0], runtime, atol=1e-4)
        told = "the same values" if same else "other values"
    except ValueError as error:
        told = f"{type(error).__name__}, {'broadcast' if 'broadcast' in str(error) else 'reshape'}"
    print(f"{channels} → {per_group * groups}, {groups} groups: Runtime {runtime.shape[1:]}, evaluator {told}")


ask(4, 6, 1)
ask(4, 1, 4)
ask(4, 2, 4)
ask(4, 2, 2)
ask(4, 1, 2)
PROGRAM

cat > "$work/expected" <<'EXPECTED'
onnx 1.23.2, ONNX Runtime 1.32.0
4 → 6, 1 groups: Runtime (6, 11, 11), evaluator the same values
4 → 4, 4 groups: Runtime (4, 11, 11), evaluator the same values
4 → 8, 4 groups: Runtime (8, 11, 11), evaluator ValueError, reshape
4 → 4, 2 groups: Runtime (4, 11, 11), evaluator ValueError, broadcast
4 → 2, 2 groups: Runtime (2, 11, 11), evaluator ValueError, reshape
EXPECTED
diff "$work/expected" "$work/seen" || {
  echo 'CHANGED: the reference evaluator treats grouped ConvTranspose otherwise than it did.' >&2
  exit 1
}
echo 'As seen before.'
