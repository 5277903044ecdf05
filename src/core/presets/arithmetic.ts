import { type Preset, digits, plane, preset } from './preset';

/**
 * The configurations of Dumoulin & Visin, "A guide to convolution arithmetic for deep learning" (2016), figures
 * 2.1–2.7, 5.1 and 4.1–4.7, under the names of their animations; the guide draws no transposed dilation, which is
 * added. The 5×5 input and the 3×3 kernel are those of its figure 1.1, the only ones that it gives numbers for.
 */
const FIGURE_INPUT = [
  [3, 3, 2, 1, 0],
  [0, 0, 1, 3, 1],
  [3, 1, 2, 2, 3],
  [2, 0, 0, 2, 2],
  [2, 0, 0, 0, 1],
];
const FIGURE_KERNEL = [
  [0, 1, 2],
  [2, 2, 0],
  [0, 1, 2],
];

interface Row {
  readonly id: string;
  readonly title: string;
  readonly i: number;
  readonly k: number;
  readonly s?: number;
  readonly p?: number;
  readonly d?: number;
  readonly op?: number;
  /** Size of the output, for the description. */
  readonly o: number;
}

const CONV: readonly Row[] = [
  { id: 'no-padding', title: 'No padding, no strides', i: 4, k: 3, o: 2 },
  { id: 'arbitrary-padding', title: 'Arbitrary padding, no strides', i: 5, k: 4, p: 2, o: 6 },
  { id: 'half-padding', title: 'Half (same) padding, no strides', i: 5, k: 3, p: 1, o: 5 },
  { id: 'full-padding', title: 'Full padding, no strides', i: 5, k: 3, p: 2, o: 7 },
  { id: 'no-padding-strides', title: 'No padding, strides', i: 5, k: 3, s: 2, o: 2 },
  { id: 'padding-strides', title: 'Padding, strides', i: 5, k: 3, s: 2, p: 1, o: 3 },
  { id: 'padding-strides-odd', title: 'Padding, strides (odd)', i: 6, k: 3, s: 2, p: 1, o: 3 },
  { id: 'dilation', title: 'Dilation', i: 7, k: 3, d: 2, o: 3 },
];

const TRANSPOSED: readonly Row[] = [
  { id: 'no-padding-transposed', title: 'No padding, no strides, transposed', i: 2, k: 3, o: 4 },
  { id: 'arbitrary-padding-transposed', title: 'Arbitrary padding, no strides, transposed', i: 6, k: 4, p: 2, o: 5 },
  { id: 'half-padding-transposed', title: 'Half (same) padding, no strides, transposed', i: 5, k: 3, p: 1, o: 5 },
  { id: 'full-padding-transposed', title: 'Full padding, no strides, transposed', i: 7, k: 3, p: 2, o: 5 },
  { id: 'no-padding-strides-transposed', title: 'No padding, strides, transposed', i: 2, k: 3, s: 2, o: 5 },
  { id: 'padding-strides-transposed', title: 'Padding, strides, transposed', i: 3, k: 3, s: 2, p: 1, o: 5 },
  {
    id: 'padding-strides-odd-transposed',
    title: 'Padding, strides (odd), transposed',
    i: 3,
    k: 3,
    s: 2,
    p: 1,
    op: 1,
    o: 6,
  },
  { id: 'dilation-transposed', title: 'Dilation, transposed', i: 3, k: 3, d: 2, o: 7 },
];

/** `i4 k3 s2 p1 → 2`, in the symbols of the size formula; not a sentence, so not translated. */
function summary({ i, k, s = 1, p = 0, d = 1, op = 0, o }: Row): string {
  const parts = [`i${i}`, `k${k}`, `s${s}`, `p${p}`, ...(d > 1 ? [`d${d}`] : []), ...(op > 0 ? [`op${op}`] : [])];
  return `${parts.join(' ')} → ${o}`;
}

function rowPreset(kind: 'conv' | 'convTranspose', row: Row, seed: number): Preset {
  const { id, title, i, k } = row;
  return preset(
    { id: `arithmetic/${id}`, group: 'arithmetic', title, description: summary(row) },
    { kind, ...row },
    () => ({
      input: i === 5 && kind === 'conv' ? plane(FIGURE_INPUT) : digits(i, i, seed),
      weight: k === 3 ? plane(FIGURE_KERNEL) : digits(k, k, seed + 100),
    }),
  );
}

export const ARITHMETIC: readonly Preset[] = [
  ...CONV.map((row, index) => rowPreset('conv', row, index + 1)),
  ...TRANSPOSED.map((row, index) => rowPreset('convTranspose', row, index + 11)),
];
