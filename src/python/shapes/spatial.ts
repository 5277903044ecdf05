import { fieldSizes } from '../findings/field';
import { noteUse } from '../findings/record';
import type { Machine } from '../model/machine';
import { FAILED, unknown } from '../model/make';
import type { Application, Site, SiteProblem } from '../model/site';
import { derived, type Field, fitsUnbatched, sureShape } from '../model/tensor';
import type { CallPlace, Value } from '../model/value';
import type { AxisUse } from '../report';
import type { Layout } from '../sizes/axis';
import { print } from '../sizes/print';
import { isKnown, type Size } from '../sizes/size';
import { fieldAfter, type Outcome, type Outcomes } from './outcomes';
import { mismatch, type Refusal, refuse } from './problems';

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
  readonly axis: (input: Size, index: number, machine: Machine) => SpatialAxis;
  readonly channels?: (channels: Size) => Size | undefined;
  readonly field?: (before: readonly Field[] | undefined) => readonly Field[];
  /** Whether an input without a batch axis is taken (PyTorch's pooling). */
  readonly unbatched: boolean;
  /** Whether any number of axes may stand before the channels. */
  readonly leading?: boolean;
  /** Whether an output without elements is one. */
  readonly mayBeEmpty?: boolean;
  /** What PyTorch refuses of an input, and of the output that it would give, in its words. */
  readonly refuse?: (shape: readonly Size[], outputs: readonly Size[]) => Refusal | undefined;
  /** Whether there may be several batch axes. */
  readonly batches?: boolean;
  /** Given where the setup is the same object for every layer like it: what has been worked out of it. */
  readonly outcomes?: Outcomes<SpatialOutcome>;
}

export interface SpatialOutcome extends Outcome {
  /** Missing where it gives nothing. */
  readonly application?: Application;
  /** The output would have no elements. */
  readonly empty?: SiteProblem['problem'];
  /** The framework was found to refuse nothing of it. */
  accepted?: boolean;
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
  const known = setup.outcomes?.known(shape);
  const asked = setup.refuse && !known?.accepted && sureShape(x) !== undefined;
  const refusal = asked ? setup.refuse?.(shape, outputsOf(machine, setup, shape)) : undefined;
  if (refusal) return refuse(machine, at, refusal);
  const fits = (axes: number): boolean =>
    (setup.leading === true && axes >= setup.rank) ||
    axes === setup.rank + 2 ||
    (setup.unbatched && axes === setup.rank + 1) ||
    (setup.batches === true && axes > setup.rank + 2);
  if (!fits(shape.length)) {
    if (fitsUnbatched(x, fits)) return FAILED;
    mismatch(machine, at, {
      code: 'input-rank',
      template: 'The input has shape {0}; this layer needs {1} axes.',
      args: [`(${shape.map(print).join(', ')})`, setup.rank + 2],
    });
    return FAILED;
  }
  const workOut = (): SpatialOutcome => outcomeOf(machine, setup, shape);
  const outcome = known ?? setup.outcomes?.of(shape, workOut) ?? workOut();
  if (asked) outcome.accepted = true;
  const { application, empty } = outcome;
  if (empty)
    machine.recorder.problem(site, {
      // The words are PyTorch's.
      problem: site?.framework === 'torch' ? empty : { ...empty, framework: undefined },
      arguments: [],
      place: at,
      repairs: [],
    });
  if (!application) return FAILED;
  const field = fieldAfter(outcome, x.field, () => setup.field?.(x.field) ?? NO_FIELD);
  if (site && machine.recorder.records) noteUse(machine, site, application, x, at, fieldSizes(field));
  return derived(x, application.outputShape, field);
}

function outputsOf(machine: Machine, { rank, axis }: SpatialSetup, shape: readonly Size[]): readonly Size[] {
  return shape.length < rank ? [] : shape.slice(-rank).map((size, index) => axis(size, index, machine).output);
}

const NO_FIELD: readonly Field[] = [];

function outcomeOf(machine: Machine, setup: SpatialSetup, shape: readonly Size[]): SpatialOutcome {
  const { rank, layout, parameters } = setup;
  const from = layout === 'last' ? shape.length - rank - 1 : shape.length - rank;
  const channelAxis = layout === 'last' ? shape.length - 1 : from - 1;
  const inputs = shape.slice(from, from + rank);
  const axes = inputs.map((size, index) => setup.axis(size, index, machine));
  // A matrix of one channel, of which some take the mean, has no axis for it.
  const before = channelAxis < 0 ? 1 : shape[channelAxis];
  const channels = setup.channels ? setup.channels(before) : before;
  if (channels === undefined) return { shape };
  if (!setup.mayBeEmpty && axes.some(({ output }) => isKnown(output) && output < 1))
    return { shape, empty: emptyOutput(axes) };
  const outputShape = shape.map((size, axis) =>
    axis === channelAxis ? channels : axis >= from && axis < from + rank ? axes[axis - from].output : size,
  );
  return { shape, application: { parameters, inputShape: shape, outputShape, axes: laterAxes(inputs, axes) } };
}

/** A function of its own, so that what it may outlast, the analysis, is not kept by it. */
const laterAxes = (inputs: readonly Size[], axes: readonly SpatialAxis[]) => (): AxisUse[] =>
  axes.map(({ output, formula, substituted, extent }, index) => ({
    input: print(inputs[index]),
    output: print(output),
    formula,
    substituted,
    ...(extent === undefined ? {} : { extent: print(extent) }),
  }));

function emptyOutput(axes: readonly SpatialAxis[]): SiteProblem['problem'] {
  const sizes = axes.map((axis) => print(axis.output)).join(' x ');
  return {
    code: 'output-empty',
    severity: 'error',
    template: 'The output would have the size ({0}).',
    args: [sizes],
    message: `The output would have the size (${sizes}).`,
    framework: 'Output size is too small',
  };
}

/** A size inside a formula: in parentheses unless it is a single term. */
export function inFormula(size: Size): string {
  const text = String(print(size));
  return /^[\w.]+$/.test(text) ? text : `(${text})`;
}
