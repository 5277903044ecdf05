#!/usr/bin/env bash
# Guess: `jnp.convolve` of integers is their exact convolution, as in NumPy whose name and signature it has, and as
#   `jnp.dot` and `lax.conv` of integers are.
# What happens: it converts to float32 first, and the result stays float32. From 2²⁴ on, values are rounded: 16777217
#   convolved with [1] is 16777216. `jnp.correlate` does the same; `lax.conv_general_dilated` stays with int32.
# Seen with: JAX 0.10.2.
# For us: a reference that is to be exact uses NumPy, or `lax`, not `jnp.convolve`.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
venv=${FINDINGS_VENV:-$work/venv}
[ -x "$venv/bin/python" ] || "${PYTHON:-python3}" -m venv "$venv"
"$venv/bin/python" -m pip install --quiet numpy==2.4.6 jax==0.10.2

"$venv/bin/python" -W ignore - <<'PROGRAM' | tee "$work/seen"
import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

print(f"jax {jax.__version__}")
values = np.array([16777217, 1], np.int32)
one = np.array([1], np.int32)


def show(name, result):
    print(f"{name}: {result.dtype}, first value {int(result.ravel()[0])}")


show("numpy.convolve", np.convolve(values, one))
show("jnp.convolve", jnp.convolve(values, one))
show("jnp.correlate", jnp.correlate(jnp.array(values), jnp.array(one)))
show("jnp.dot", jnp.dot(jnp.array(values), jnp.array([1, 0])))
show("lax.conv_general_dilated", lax.conv_general_dilated(values[None, None], one[None, None], (1,), "VALID"))
PROGRAM

cat > "$work/expected" <<'EXPECTED'
jax 0.10.2
numpy.convolve: int32, first value 16777217
jnp.convolve: float32, first value 16777216
jnp.correlate: float32, first value 16777216
jnp.dot: int32, first value 16777217
lax.conv_general_dilated: int32, first value 16777217
EXPECTED
diff "$work/expected" "$work/seen" || {
  echo 'CHANGED: jnp.convolve treats integers otherwise than it did.' >&2
  exit 1
}
echo 'As seen before.'
