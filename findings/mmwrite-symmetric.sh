#!/usr/bin/env bash
# Guess: `scipy.io.mmwrite` of a sparse matrix with 10 stored entries writes 10 lines.
# What happens: it looks whether the values are symmetric, and then writes `symmetric` in the first line and only one
#   triangle. The number of entries in the file is that of the triangle, and a reader that takes the lines as they stand
#   has half a matrix. Entries that are stored zeros are written too. Whether a matrix of convolution is written in
#   whole depends on its *kernel*: a symmetric one with stride 1 and half padding makes C symmetric.
# Seen with: SciPy 1.17.1.
# For us: our own Matrix Market output always says `general`; a reader of one has to look at the last word of line 1.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
venv=${FINDINGS_VENV:-$work/venv}
[ -x "$venv/bin/python" ] || "${PYTHON:-python3}" -m venv "$venv"
"$venv/bin/python" -m pip install --quiet numpy==2.4.6 scipy==1.17.1

"$venv/bin/python" -W ignore - <<'PROGRAM' | tee "$work/seen"
import io

import numpy as np
import scipy
from scipy import sparse

print(f"scipy {scipy.__version__}")


def written(matrix):
    file = io.BytesIO()
    scipy.io.mmwrite(file, matrix)
    lines = file.getvalue().decode().splitlines()
    return lines[0], next(line for line in lines if not line.startswith("%"))


def matrix_of(kernel, size=4):
    return sparse.diags_array(kernel, offsets=(-1, 0, 1), shape=(size, size), format="csr")


for kernel in ([1.0, 2.0, 1.0], [1.0, 2.0, 3.0]):
    matrix = matrix_of(kernel)
    head, sizes = written(matrix)
    print(f"C of the kernel {kernel}, {matrix.nnz} entries: {head}; {sizes}")

matrix = sparse.csr_array((np.array([0.0, 1.0, 2.0]), np.array([0, 1, 2]), np.array([0, 1, 2, 3])))
head, sizes = written(matrix)
print(f"a diagonal with a stored zero: {sizes}")
PROGRAM

cat > "$work/expected" <<'EXPECTED'
scipy 1.17.1
C of the kernel [1.0, 2.0, 1.0], 10 entries: %%MatrixMarket matrix coordinate real symmetric; 4 4 7
C of the kernel [1.0, 2.0, 3.0], 10 entries: %%MatrixMarket matrix coordinate real general; 4 4 10
a diagonal with a stored zero: 3 3 3
EXPECTED
diff "$work/expected" "$work/seen" || {
  echo 'CHANGED: mmwrite stores symmetric matrices or zeros otherwise than it did.' >&2
  exit 1
}
echo 'As seen before.'
