/** A column-major matrix of few columns: `columns[j][i]`. */
type Columns = Float64Array[];

/**
 * `min ‖A·x − b‖` for many right-hand sides, rows coming one at a time: only a triangle of as many rows as there are
 * unknowns is kept, by Givens rotations (Golub and Van Loan, "Matrix Computations", 5.1.8). So its precision is that of
 * the rows, not of their squares.
 */
export class LeastSquares {
  private readonly triangle: Float64Array[];
  private readonly sides: Float64Array[];
  private rows = 0;

  constructor(
    private readonly unknowns: number,
    private readonly rightSides: number,
  ) {
    this.triangle = Array.from({ length: unknowns }, () => new Float64Array(unknowns));
    this.sides = Array.from({ length: unknowns }, () => new Float64Array(rightSides));
  }

  /** Adds an equation. Both arrays are overwritten. */
  add(row: Float64Array, side: Float64Array): void {
    this.rows++;
    for (let at = 0; at < this.unknowns; at++) {
      if (row[at] === 0) continue;
      const kept = this.triangle[at];
      const length = Math.hypot(kept[at], row[at]);
      const cosine = kept[at] / length;
      const sine = row[at] / length;
      for (let each = at; each < this.unknowns; each++) {
        const held = kept[each];
        kept[each] = cosine * held + sine * row[each];
        row[each] = cosine * row[each] - sine * held;
      }
      const right = this.sides[at];
      for (let each = 0; each < this.rightSides; each++) {
        const held = right[each];
        right[each] = cosine * held + sine * side[each];
        side[each] = cosine * side[each] - sine * held;
      }
    }
  }

  /** The shortest solution of each right-hand side, `[side][unknown]`; directions of no weight are left out. */
  solve(): readonly Float64Array[] {
    const { unknowns } = this;
    const columns: Columns = Array.from({ length: unknowns }, (_, column) =>
      Float64Array.from({ length: unknowns }, (__, row) => this.triangle[row][column]),
    );
    const turned = orthogonalized(columns);
    const sizes = columns.map((column) => Math.sqrt(dot(column, column)));
    // As LAPACK's gelsd leaves them out, which `torch.linalg.lstsq` takes: by machine precision and the longer side.
    const least = Math.max(...sizes) * Number.EPSILON * Math.max(this.rows, unknowns);
    return Array.from({ length: this.rightSides }, (_, side) => {
      const solution = new Float64Array(unknowns);
      sizes.forEach((size, direction) => {
        if (!(size > least)) return;
        let share = 0;
        for (let row = 0; row < unknowns; row++) share += columns[direction][row] * this.sides[row][side];
        for (let at = 0; at < unknowns; at++) solution[at] += (turned[direction][at] * share) / size ** 2;
      });
      return solution;
    });
  }
}

const dot = (one: Float64Array, other: Float64Array): number =>
  one.reduce((sum, value, at) => sum + value * other[at], 0);

function rotate(one: Float64Array, other: Float64Array, cosine: number, sine: number): void {
  for (let at = 0; at < one.length; at++) {
    const held = one[at];
    one[at] = cosine * held - sine * other[at];
    other[at] = sine * held + cosine * other[at];
  }
}

/** Turns columns until all are at right angles (one-sided Jacobi); answers with the turns, a column each. */
function orthogonalized(columns: Columns): Columns {
  const count = columns.length;
  const turns: Columns = columns.map((_, at) =>
    Float64Array.from({ length: count }, (__, row) => (row === at ? 1 : 0)),
  );
  for (let sweep = 0; sweep < 60; sweep++) {
    let turned = false;
    for (let first = 0; first < count; first++)
      for (let second = first + 1; second < count; second++) {
        const [one, other] = [columns[first], columns[second]];
        const product = dot(one, other);
        const [onesSize, othersSize] = [dot(one, one), dot(other, other)];
        if (Math.abs(product) <= Number.EPSILON * Math.sqrt(onesSize * othersSize)) continue;
        turned = true;
        const slope = (othersSize - onesSize) / (2 * product);
        const tangent = (slope < 0 ? -1 : 1) / (Math.abs(slope) + Math.hypot(1, slope));
        const cosine = 1 / Math.hypot(1, tangent);
        rotate(one, other, cosine, cosine * tangent);
        rotate(turns[first], turns[second], cosine, cosine * tangent);
      }
    if (!turned) break;
  }
  return turns;
}
