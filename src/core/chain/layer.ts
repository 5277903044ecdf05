import type { AxisPlan } from '../axis';
import type { Kind } from '../operation';
import type { Stage } from './stage';
import { stageText } from './text';

/** What a chain needs of a layer: its kind and its axes. */
export interface Layer {
  readonly kind: Kind;
  readonly axes: readonly Pick<AxisPlan, 'kernel' | 'stride' | 'padBegin' | 'padEnd' | 'dilation' | 'outputPadding'>[];
}

/** An operation as a stage. */
export function stageOf({ kind, axes }: Layer): Stage {
  const slides = {
    kernel: axes.map(({ kernel }) => kernel),
    stride: axes.map(({ stride }) => stride),
    padding: axes.map(({ padBegin, padEnd }) => [padBegin, padEnd] as const),
    dilation: axes.map(({ dilation }) => dilation),
  };
  return kind === 'conv'
    ? { kind, ...slides }
    : { kind, ...slides, outputPadding: axes.map(({ outputPadding }) => outputPadding) };
}

const alike = <Value>(values: readonly Value[]): readonly Value[] =>
  values.every((each) => JSON.stringify(each) === JSON.stringify(values[0])) ? values.slice(0, 1) : values;

/** The same with one number where all axes have the same, as people write it. */
function briefly(stage: Stage): Stage {
  if (stage.kind !== 'conv' && stage.kind !== 'convTranspose') return stage;
  const slides = {
    kernel: alike(stage.kernel),
    stride: alike(stage.stride),
    padding: alike(stage.padding),
    dilation: alike(stage.dilation),
  };
  return stage.kind === 'conv'
    ? { kind: 'conv', ...slides }
    : { kind: 'convTranspose', ...slides, outputPadding: alike(stage.outputPadding) };
}

/** The line of a layer, as `parseStage` reads it. */
export const layerLine = (layer: Layer): string => stageText(briefly(stageOf(layer)));
