#!/usr/bin/env bash
# Guess: the columns of a row of a CSR matrix ascend, and an operation either keeps entries that are zero or drops them.
# What happens: the product of two matrices whose columns ascend has rows in which they do not. It also drops entries
#   that come to zero, as do sums and differences, while a product with the number 0 keeps all of them: the same matrix
#   of zeros has 3 entries or none, depending on how it came about.
# Seen with: SciPy 1.17.1.
# For us: a CSR that came out of a product must be sorted before its rows are searched; the count of entries of C is
#   taken from the structure, never from what a computation left.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
venv=${FINDINGS_VENV:-$work/venv}
[ -x "$venv/bin/python" ] || "${PYTHON:-python3}" -m venv "$venv"
"$venv/bin/python" -m pip install --quiet numpy==2.4.6 scipy==1.17.1

"$venv/bin/python" -W ignore - <<'PROGRAM' | tee "$work/seen"
import numpy as np
import scipy
from scipy import sparse

print(f"scipy {scipy.__version__}")
dense = np.array([[0, 1, 1, 0], [1, 0, 0, 0], [0, 1, 0, 1], [1, 0, 0, 1]], float)
matrix = sparse.csr_array(dense)
product = matrix @ matrix
print(f"columns of row 0: {matrix.indices[: matrix.indptr[1]]}, sorted {matrix.has_sorted_indices}")
print(f"columns of row 0 of the product: {product.indices[: product.indptr[1]]}, sorted {product.has_sorted_indices}")

diagonal = sparse.csr_array((np.array([1.0, 1.0, 1.0]), np.array([0, 1, 2]), np.array([0, 1, 2, 3])))
zeros = {"A · 0": diagonal * 0, "A − A": diagonal - diagonal, "(A · 0) @ A": (diagonal * 0) @ diagonal}
print("entries of a matrix of zeros: " + ", ".join(f"{name} {each.nnz}" for name, each in zeros.items()))
PROGRAM

cat > "$work/expected" <<'EXPECTED'
scipy 1.17.1
columns of row 0: [1 2], sorted True
columns of row 0 of the product: [3 1 0], sorted False
entries of a matrix of zeros: A · 0 3, A − A 0, (A · 0) @ A 0
EXPECTED
diff "$work/expected" "$work/seen" || {
  echo 'CHANGED: a product of CSR matrices is stored otherwise than it was.' >&2
  exit 1
}
echo 'As seen before.'
