import type { Kind, Operation, Tensor } from '../operation';
import type { InspectorDocument, ViewState } from '../state/document';
import { type FillSpec, fillTensor } from '../state/fills';
import { randomSource } from '../state/random';
import { tensorOf, zeros } from '../tensor/tensor';

export type PresetGroup = 'examples' | 'arithmetic' | 'colour' | 'layers';

/** English titles of the groups, in the order in which they are shown; the host translates them. */
export const GROUP_TITLES: Readonly<Record<PresetGroup, string>> = {
  examples: 'Worked examples',
  arithmetic: 'Convolution arithmetic',
  colour: 'Colour',
  layers: 'Layers of real networks',
};

/** Something to start from. `title` and `description` are English; the host translates them. */
export interface Preset {
  readonly id: string;
  readonly group: PresetGroup;
  readonly title: string;
  readonly description: string;
  /** How it is best looked at; the panel gives it its meaning. */
  readonly view: ViewState;
  /** Makes the tensors; nothing is made before, and a real layer's weight takes 33 MB. The same values every time. */
  build(): InspectorDocument;
}

export type PresetText = Pick<Preset, 'id' | 'group' | 'title' | 'description'>;

/** Parameters that are the same on all axes; what is left out is 1 or 0, and there are two axes. */
export interface Square {
  readonly kind: Kind;
  readonly rank?: number;
  readonly s?: number;
  /** One number, or begin and end. */
  readonly p?: number | readonly [begin: number, end: number];
  readonly d?: number;
  readonly op?: number;
  readonly groups?: number;
}

export function squareOperation({ kind, rank = 2, s = 1, p = 0, d = 1, op = 0, groups = 1 }: Square): Operation {
  const along = (value: number): number[] => Array.from({ length: rank }, () => value);
  const padding = typeof p === 'number' ? along(p) : along(0).map(() => p);
  return { kind, stride: along(s), padding, dilation: along(d), outputPadding: along(op), groups };
}

export function preset(
  text: PresetText,
  square: Square,
  tensors: () => { readonly input: Tensor; readonly weight: Tensor },
  view: ViewState = {},
): Preset {
  return {
    ...text,
    view,
    build: () => ({
      version: 1,
      op: squareOperation(square),
      dtype: 'float32',
      ...tensors(),
      title: text.title,
      origin: { kind: 'preset', id: text.id },
      view,
    }),
  };
}

/** One channel, from rows as they are read. */
export function plane(rows: readonly (readonly number[])[]): Tensor {
  return tensorOf('float32', [1, 1, rows.length, rows[0].length], rows.flat());
}

/** One channel of small whole numbers that can be followed in the head. */
export function digits(rows: number, columns: number, seed: number): Tensor {
  const { uniform } = randomSource(seed);
  return tensorOf(
    'float32',
    [1, 1, rows, columns],
    Array.from({ length: rows * columns }, () => Math.floor(uniform() * 4)),
  );
}

export function filledTensor(shape: readonly number[], fill: FillSpec): Tensor {
  const tensor = zeros('float32', shape);
  fillTensor(tensor, fill, shape.length - 2);
  return tensor;
}
