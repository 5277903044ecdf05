import { fieldSizes } from '../findings/field';
import type { Machine } from '../model/machine';
import { FAILED, unknown } from '../model/make';
import type { Site } from '../model/site';
import { derived, type Field } from '../model/tensor';
import type { CallPlace, Value } from '../model/value';
import type { AxisUse } from '../report';
import type { Layout } from '../sizes/axis';
import { print } from '../sizes/print';
import { isKnown, type Size } from '../sizes/size';
import { mismatch } from './problems';

export interface SpatialAxis {
  readonly output: Size;
  readonly formula: string;
  readonly substituted: string;
  readonly extent?: Size;
}

/** A layer that maps each spatial axis by itself and has no weight: pooling, resizing, shuffling. */
export interface SpatialSetup {
  readonly rank: number;
  readonly layout: Layout;
  readonly parameters: ReadonlyMap<string, Value>;
  readonly axis: (input: Size, index: number) => SpatialAxis;
  readonly channels?: (channels: Size) => Size | undefined;
  readonly field?: (before: readonly Field[] | undefined) => readonly Field[];
  /** Whether an input without a batch axis is taken (PyTorch's pooling). */
  readonly unbatched: boolean;
}

export function applySpatial(
  machine: Machine,
  site: Site | undefined,
  setup: SpatialSetup,
  input: Value,
  at: CallPlace,
): Value {
  if (site) site.rank = setup.rank;
  const x = machine.asTensor(input);
  if (!x) return input.kind === 'unknown' && input.failed ? FAILED : unknown();
  const shape = x.cell.shape ?? machine.withRank(x, setup.rank + 2, setup.layout);
  if (!shape) return unknown();
  const fits = shape.length === setup.rank + 2 || (setup.unbatched && shape.length === setup.rank + 1);
  if (!fits) {
    mismatch(machine, at, {
      code: 'input-rank',
      template: 'The input has shape {0}; this layer needs {1} axes.',
      args: [`(${shape.map(print).join(', ')})`, setup.rank + 2],
    });
    return FAILED;
  }
  const last = setup.layout === 'last';
  const from = last ? shape.length - setup.rank - 1 : shape.length - setup.rank;
  const channelAxis = last ? shape.length - 1 : from - 1;
  const inputs = shape.slice(from, from + setup.rank);
  const axes = inputs.map((size, index) => setup.axis(size, index));
  const channels = setup.channels ? setup.channels(shape[channelAxis]) : shape[channelAxis];
  if (channels === undefined) return FAILED;
  if (axes.some((axis) => isKnown(axis.output) && axis.output < 1)) {
    const sizes = axes.map((axis) => print(axis.output)).join(' x ');
    const message = `The output would have the size (${sizes}).`;
    machine.recorder.problem(site, {
      problem: {
        code: 'output-empty',
        severity: 'error',
        template: 'The output would have the size ({0}).',
        args: [sizes],
        message,
        framework: 'Output size is too small',
      },
      arguments: [],
      place: at,
      repairs: [],
    });
    return FAILED;
  }
  const outputShape = shape.map((size, axis) =>
    axis === channelAxis ? channels : axis >= from && axis < from + setup.rank ? axes[axis - from].output : size,
  );
  const field = setup.field ? setup.field(x.field) : [];
  if (site && machine.recorder.records) {
    site.uses.push({
      parameters: setup.parameters,
      inputShape: shape,
      outputShape,
      place: at,
      real: !machine.mode.synthetic,
      source: x.source,
      inputKey: x.inputKey,
      axes: () =>
        axes.map((axis, index): AxisUse => ({
          input: print(inputs[index]),
          output: print(axis.output),
          formula: axis.formula,
          substituted: axis.substituted,
          ...(axis.extent === undefined ? {} : { extent: print(axis.extent) }),
        })),
      receptiveField: fieldSizes(field),
    });
  }
  return derived(x, outputShape, field);
}

/** A size inside a formula: in parentheses unless it is a single term. */
export function inFormula(size: Size): string {
  const text = String(print(size));
  return /^[\w.]+$/.test(text) ? text : `(${text})`;
}
