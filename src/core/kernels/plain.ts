import { firstInputOf, weightPlane } from './channels';
import type { Plan } from '../plan';
import { axisLattice, type AxisLattice, fieldMap, type PhaseTap, threeAxes } from './lattice';

type Floats = Float32Array | Float64Array;
type Lattices = readonly [planes: AxisLattice, rows: AxisLattice, columns: AxisLattice];

/** One channel with its padding written out: three tables say which input stands at each place, −1 a zero. */
function pad(source: Floats, base: number, plan: Plan, lattices: Lattices, field: Float64Array): void {
  const axes = threeAxes(plan);
  const [planeMap, rowMap, columnMap] = axes.map((axis, index) => fieldMap(plan.paddingMode, axis, lattices[index]));
  let at = 0;
  for (const plane of planeMap) {
    for (const row of rowMap) {
      const start = base + (plane * axes[1].input + row) * axes[2].input;
      for (const column of columnMap) field[at++] = plane < 0 || row < 0 || column < 0 ? 0 : source[start + column];
    }
  }
}

/**
 * `sums[j·step + ρ] += weight · field[tap.at + j·siteStep]` along every row of one tap: a plain multiply-add of two
 * rows.
 */
function addTap(
  lattices: Lattices,
  phase: readonly [number, number, number],
  tap: readonly [PhaseTap, PhaseTap, PhaseTap],
  value: number,
  field: Float64Array,
  sums: Float64Array,
  plan: Plan,
): void {
  const [planes, rows, columns] = lattices;
  const [planeAxis, rowAxis, columnAxis] = threeAxes(plan);
  const sites = Math.ceil((columnAxis.output - phase[2]) / columns.step);
  for (let z = phase[0], p = tap[0].at; z < planeAxis.output; z += planes.step, p += planes.siteStep) {
    for (let y = phase[1], r = tap[1].at; y < rowAxis.output; y += rows.step, r += rows.siteStep) {
      const from = (p * rows.length + r) * columns.length + tap[2].at;
      const to = (z * rowAxis.output + y) * columnAxis.output + phase[2];
      for (let j = 0; j < sites; j++) sums[to + j * columns.step] += value * field[from + j * columns.siteStep];
    }
  }
}

/**
 * The whole operation in plain TypeScript, for hosts without WebAssembly and for the page: tap by tap over padded rows,
 * phase by phase, so that no zero is multiplied and the inner loop has no condition. Sums in float64. `between` is
 * called after each pair of channels, with 1.
 */
export function runPlain(
  plan: Plan,
  input: Floats,
  weight: Floats,
  bias: Floats | undefined,
  output: Floats,
  between: (pairs: number) => void,
): void {
  const axes = threeAxes(plan);
  const lattices = axes.map((axis) => axisLattice(plan.kind, plan.paddingMode, axis, false)) as unknown as Lattices;
  const fieldSize = lattices.reduce((all, lattice) => all * lattice.length, 1);
  const fields = Array.from({ length: plan.inputPerGroup }, () => new Float64Array(fieldSize));
  const sums = new Float64Array(plan.outputArea);
  const kernels = axes.map((axis) => axis.kernel);
  for (let n = 0; n < plan.batch; n++) {
    for (let to = 0; to < plan.outputChannels; to++) {
      const first = firstInputOf(plan, to);
      sums.fill(bias ? bias[to] : 0);
      for (let c = 0; c < plan.inputPerGroup; c++) {
        if (to % plan.outputPerGroup === 0)
          pad(input, (n * plan.inputChannels + first + c) * plan.inputArea, plan, lattices, fields[c]);
        const base = weightPlane(plan, first + c, to) * plan.kernelArea;
        lattices[0].phases.forEach((planeTaps, z) =>
          lattices[1].phases.forEach((rowTaps, y) =>
            lattices[2].phases.forEach((columnTaps, x) => {
              for (const a of planeTaps) {
                for (const b of rowTaps) {
                  for (const d of columnTaps) {
                    const value = weight[base + (a.tap * kernels[1] + b.tap) * kernels[2] + d.tap];
                    addTap(lattices, [z, y, x], [a, b, d], value, fields[c], sums, plan);
                  }
                }
              }
            }),
          ),
        );
        between(1);
      }
      output.set(sums, (n * plan.outputChannels + to) * plan.outputArea);
    }
  }
}

/** Bytes that `runPlain` takes besides its operands. */
export function plainBytes(plan: Plan): number {
  const field = threeAxes(plan).reduce(
    (all, axis) => all * axisLattice(plan.kind, plan.paddingMode, axis, false).length,
    1,
  );
  return 8 * (field * plan.inputPerGroup + plan.outputArea);
}
