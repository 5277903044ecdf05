import type { Operation } from '../../core/operation';
import type { Problem } from '../../core/problem';
import { convAxisUses } from '../findings/axisUse';
import { noteOverlap } from '../findings/decoder';
import { convField, fieldSizes } from '../findings/field';
import { argumentsOf, foundUse, noteUse, repairsOf } from '../findings/record';
import { swapOf } from '../findings/swaps';
import type { Machine } from '../model/machine';
import { FAILED, unknown } from '../model/make';
import { RAISED } from '../model/raised';
import type { Application, FoundUse, Site, SiteProblem } from '../model/site';
import { derived, fitsUnbatched, type TensorValue } from '../model/tensor';
import type { CallPlace, Value } from '../model/value';
import type { Repair } from '../report';
import { type ConvAxis, convOutput, isCanonical, type Layout } from '../sizes/axis';
import { print } from '../sizes/print';
import { add, divideExactly, equal, floorDivide, isKnown, product, type Size } from '../sizes/size';
import { refusals } from './legality';
import { fieldAfter, type Outcome, Outcomes } from './outcomes';

/** A convolution in any framework's terms, ready to be applied to a shape. */
export interface ConvSetup {
  readonly kind: 'conv' | 'convTranspose';
  readonly rank: number;
  readonly layout: Layout;
  readonly axis: (input: Size, index: number) => ConvAxis;
  /** `undefined`: whatever the input has. */
  readonly inChannels?: Size;
  readonly outChannels: Size;
  readonly groups: Size;
  readonly bias: boolean | undefined;
  /** Of a bias that was not made for the layer, and may not fit. */
  readonly biasShape?: readonly Size[] | undefined;
  readonly weightShape: (inChannels: Size) => readonly Size[];
  /** Parameters beside the kernel: the pointwise part of a separable convolution. */
  readonly extraParameters?: (inChannels: Size) => Size;
  /** PyTorch's legality applies to the canonical operation: its messages are then the framework's own. */
  readonly torchRules: boolean;
  /** What the framework itself refuses of the axes, with its words. */
  readonly refuse?: ((axes: readonly ConvAxis[]) => Problem | undefined) | undefined;
  readonly paddingMode?: Operation['paddingMode'];
  /**
   * What becomes of an output of no elements, where that is no error. `runs`: it is made, and sizes below zero are an
   * error only where their product is. `clipped`: those are zero too. `unknown`: it is not known. `silent`: nor is what
   * is below zero.
   */
  readonly empty?: 'runs' | 'clipped' | 'unknown' | 'silent';
  /** How many batch axes there may be: none, none or one, one or more, or any number; one where it is not said. */
  readonly batch?: 'none' | 'few' | 'more' | 'any';
  readonly parameters: ReadonlyMap<string, Value>;
  /** Given where the setup is the same object for every layer like it: what has been worked out of it. */
  readonly outcomes?: Outcomes<ConvOutcome>;
}

const numbers = (sizes: readonly Size[]): readonly number[] | undefined => (sizes.every(isKnown) ? sizes : undefined);

function numbersOf(
  axes: readonly ConvAxis[],
  field: Exclude<keyof ConvAxis, 'output' | 'sizeOnly'>,
): number[] | undefined {
  const found: number[] = [];
  for (const axis of axes) {
    const size = axis[field];
    if (!isKnown(size)) return undefined;
    found.push(size);
  }
  return found;
}

/** The operation in PyTorch's convention, when all its numbers are known and it has the values of the layer. */
export function operationOf(
  setup: Pick<ConvSetup, 'kind' | 'groups' | 'paddingMode' | 'torchRules'>,
  axes: readonly ConvAxis[],
): Operation | undefined {
  // What PyTorch cannot do its own rules refuse, each with its reason.
  if (!setup.torchRules && !axes.every(isCanonical)) return undefined;
  const stride = numbersOf(axes, 'stride');
  const dilation = numbersOf(axes, 'dilation');
  const begin = numbersOf(axes, 'padBegin');
  const end = numbersOf(axes, 'padEnd');
  const outputPadding = numbersOf(axes, 'outputPadding');
  if (!stride || !dilation || !begin || !end || !outputPadding || !isKnown(setup.groups)) return undefined;
  const even = begin.every((each, axis) => each === end[axis]);
  return {
    kind: setup.kind,
    stride,
    dilation,
    padding: even ? begin : begin.map((each, axis): [number, number] => [each, end[axis]]),
    ...(setup.kind === 'convTranspose' ? { outputPadding } : {}),
    groups: setup.groups,
    ...(setup.paddingMode && setup.paddingMode !== 'zeros' ? { paddingMode: setup.paddingMode } : {}),
  };
}

/** What a convolution makes of an input of one shape: nothing, where there is a problem. */
interface ConvOutcome extends Outcome {
  readonly axes: readonly ConvAxis[];
  readonly outputs: readonly Size[];
  readonly weightShape: readonly Size[];
  readonly operation?: Operation;
  readonly problems: readonly Omit<SiteProblem, 'place'>[];
  /** Whether no output is known for them: a warning may leave one. */
  readonly fails: boolean;
  /** Worked out when it is to be told. */
  application?: Application;
}

/** What may be remembered of a convolution; whoever makes the setup knows whether it is always the same. */
export const convOutcomes = (): Outcomes<ConvOutcome> => new Outcomes();

const channelAxisOf = ({ layout, rank }: ConvSetup, shape: readonly Size[]): number =>
  layout === 'first' ? shape.length - rank - 1 : shape.length - 1;

const inChannelsOf = (setup: ConvSetup, shape: readonly Size[]): Size =>
  setup.inChannels ?? shape[channelAxisOf(setup, shape)];

/** The axes before the channels and the spatial ones. */
const batchOf = ({ rank }: ConvSetup, shape: readonly Size[]): readonly Size[] =>
  shape.slice(0, shape.length - rank - 1);

function outcomeOf(machine: Machine, setup: ConvSetup, shape: readonly Size[]): ConvOutcome {
  const { rank, layout, kind } = setup;
  const from = layout === 'first' ? shape.length - rank : shape.length - rank - 1;
  const inChannels = inChannelsOf(setup, shape);
  const agree = machine.names.unify(shape[channelAxisOf(setup, shape)], inChannels);
  const axes = shape.slice(from, from + rank).map((size, index) => setup.axis(size, index));
  const weightShape = setup.weightShape(inChannels);
  const made = axes.map((axis) => machine.simple(() => convOutput(kind, axis)));
  const sizes = setup.empty === 'clipped' ? made.map((size) => (isKnown(size) ? Math.max(size, 0) : size)) : made;
  const least = setup.empty ? 0 : 1;
  // The inspector shows one batch axis at most, and an output.
  const shows = !(setup.empty && sizes.includes(0)) && shape.length <= rank + 2;
  const operation = shows ? operationOf(setup, axes) : undefined;
  const own = setup.refuse?.(axes);
  const refused = own ? [own] : problemsOf(setup, operation, shape, weightShape, agree);
  // Of several axes that break one rule the framework names the first that it meets; a repair may stand with another.
  const problems = refused
    .filter(({ code }, at) => refused.findIndex((each) => each.code === code) === at)
    .map((problem) => ({
      problem,
      arguments: argumentsOf(problem),
      repairs: refused.filter(({ code }) => code === problem.code).flatMap(repairsOf),
    }));
  // With what PyTorch may run the shape is that of its run.
  const mayRun = setup.torchRules && refused.length > 0 && refused.every(({ severity }) => severity === 'warning');
  const outputs = refused.length > 0 && !mayRun ? [] : sizes;
  if (!mayRun && setup.empty !== 'silent' && outputs.some((size) => isKnown(size) && size < least))
    problems.push({ problem: emptyOutput(setup, outputs), arguments: [], repairs: [] });
  return { shape, axes, outputs, weightShape, operation, problems, fails: problems.length > 0 && !mayRun };
}

/** What is told of it. It may outlast the analysis, of which nothing in it may keep hold. */
function applicationOf(machine: Machine, setup: ConvSetup, outcome: ConvOutcome): Application {
  const { shape, axes, outputs, weightShape, operation } = outcome;
  const { kind, outChannels, groups, parameters, layout } = setup;
  const inChannels = inChannelsOf(setup, shape);
  const factors = (): Size[] => [
    ...batchOf(setup, shape),
    ...(kind === 'conv' ? outputs : axes.map((axis) => axis.input)),
    ...axes.map((axis) => axis.kernel),
    inChannels,
    perGroup(outChannels, groups),
  ];
  return {
    parameters,
    inputShape: shape.with(channelAxisOf(setup, shape), inChannels),
    outputShape: outputShapeOf(setup, outcome),
    axes: laterAxes(kind, axes, outputs),
    weightShape,
    parameterCount: parameterCount(setup, weightShape, setup.extraParameters?.(inChannels)),
    multiplyAdds: machine.simple(() => product(factors())),
    operation,
    ...(layout === 'last' ? { channelsLast: true } : {}),
  };
}

/** What is told of an application that is refused: its own input, whatever the layer wants, and no output. */
function attemptOf(
  machine: Machine,
  setup: ConvSetup,
  outcome: ConvOutcome,
  x: TensorValue,
  at: CallPlace,
): FoundUse | undefined {
  // Without groups there are no sizes to be told.
  if (isKnown(setup.groups) && setup.groups < 1) return undefined;
  const outputs = outcome.axes.map(() => 0);
  const application = { ...applicationOf(machine, setup, { ...outcome, outputs }), inputShape: outcome.shape };
  return foundUse(machine, application, x, at);
}

const laterAxes = (kind: ConvSetup['kind'], axes: readonly ConvAxis[], outputs: readonly Size[]) => () =>
  convAxisUses(kind, axes, outputs);

function outputShapeOf(setup: ConvSetup, { shape, outputs }: ConvOutcome): readonly Size[] {
  const batch = batchOf(setup, shape);
  // Of an input without channels PyTorch makes an output without any, whatever the layer has.
  const channels = setup.torchRules && inChannelsOf(setup, shape) === 0 ? 0 : setup.outChannels;
  return setup.layout === 'first' ? [...batch, channels, ...outputs] : [...batch, ...outputs, channels];
}

/** Whether what raises here is handled by the program: then what handles it runs. */
const isHandled = ({ mode }: Machine, x: TensorValue): boolean => mode.guarded && !mode.forked && !x.guessed;

/** Applies a convolution: records the use at its site, or the problem, and gives the output. */
export function applyConvolution(
  machine: Machine,
  site: Site | undefined,
  setup: ConvSetup,
  input: Value,
  at: CallPlace,
): Value {
  if (site) site.rank = setup.rank;
  const x = machine.asTensor(input);
  if (!x) return input.kind === 'unknown' && input.failed ? FAILED : unknown();
  const shape = batchedShape(machine, setup, x);
  if (!shape) {
    if (fitsUnbatched(x, (rank) => takesRank(setup, rank))) return FAILED;
    if (isHandled(machine, x)) throw RAISED;
    rankProblem(machine, site, setup, x, at);
    return FAILED;
  }
  const workOut = (): ConvOutcome => outcomeOf(machine, setup, shape);
  const outcome = setup.outcomes ? setup.outcomes.of(shape, workOut) : workOut();
  const { axes, outputs, problems, fails } = outcome;
  for (const each of problems) {
    const swap = channelSwap(each, site, setup, shape[channelAxisOf(setup, shape)]);
    machine.recorder.problem(site, { ...each, place: at, repairs: [...each.repairs, ...swap] });
  }
  if (fails) {
    if (isHandled(machine, x)) throw RAISED;
    const attempt = site && attemptOf(machine, setup, outcome, x, at);
    if (attempt) site.attempts.push(attempt);
    return FAILED;
  }
  const nothing = setup.empty === 'unknown' || setup.empty === 'silent';
  if (nothing && outputs.some((size) => isKnown(size) && size < 1)) return unknown();
  const field = fieldAfter(outcome, x.field, () => convField(setup.kind, axes, x.field, setup.rank));
  if (site && machine.recorder.records) {
    outcome.application ??= applicationOf(machine, setup, outcome);
    noteUse(machine, site, outcome.application, x, at, fieldSizes(field));
    noteOverlap(machine, site, setup.kind, axes);
  }
  const result = derived(x, outcome.application?.outputShape ?? outputShapeOf(setup, outcome), field);
  if (setup.kind === 'convTranspose') return { ...result, origin: { site, axes, layout: setup.layout } };
  const kept =
    x.origin?.layout === setup.layout && axes.every((axis, index) => equal(axis.input, outputs[index]) === true);
  return kept ? { ...result, origin: x.origin } : result;
}

/** The input has the channels that the layer gives: the two were written the wrong way round. */
function channelSwap(
  { problem }: Pick<SiteProblem, 'problem'>,
  site: Site | undefined,
  setup: ConvSetup,
  channels: Size,
): readonly Repair[] {
  if (!site || problem.code !== 'channels-mismatch' || !isKnown(channels) || setup.outChannels !== channels) return [];
  const fix = swapOf(site, 'in_channels', 'out_channels');
  return fix ? [fix] : [];
}

export function perGroup(channels: Size, groups: Size): Size {
  return divideExactly(channels, groups) ?? floorDivide(channels, groups);
}

export function parameterCount(
  setup: Pick<ConvSetup, 'bias' | 'outChannels'>,
  weightShape: readonly Size[],
  extra: Size = 0,
): Size | undefined {
  if (setup.bias === undefined) return undefined;
  return add(add(product(weightShape), extra), setup.bias ? setup.outChannels : 0);
}

/** The input's shape when its rank fits, batched or (PyTorch) not; an unknown one becomes batched. */
function batchedShape(machine: Machine, setup: ConvSetup, x: TensorValue): readonly Size[] | undefined {
  const shape = x.cell.shape;
  if (!shape) return machine.withRank(x, setup.rank + 2, setup.layout, setup.inChannels);
  return takesRank(setup, shape.length) ? shape : undefined;
}

function takesRank({ batch, rank, torchRules }: ConvSetup, axes: number): boolean {
  if (batch === 'none') return axes === rank + 1;
  if (axes === rank + 2) return true;
  if (axes === rank + 1) return torchRules || batch === 'few' || batch === 'any';
  return axes > rank + 2 && (batch === 'more' || batch === 'any');
}

function problemsOf(
  setup: ConvSetup,
  operation: Operation | undefined,
  shape: readonly Size[],
  weightShape: readonly Size[],
  agree: boolean | undefined,
): readonly Problem[] {
  const input = numbers(shape);
  const weight = numbers(weightShape);
  if (setup.torchRules && operation && input && weight)
    return refusals(operation, input, weight, setup.biasShape && numbers(setup.biasShape));
  if (agree !== false) return [];
  const [wanted, given] = [
    print(setup.inChannels ?? 0),
    print(shape[setup.layout === 'first' ? shape.length - setup.rank - 1 : shape.length - 1]),
  ];
  const named = setup.kind === 'conv' ? '' : 'transposed=1, ';
  return [
    {
      code: 'channels-mismatch',
      severity: 'error',
      field: 'weight',
      template: 'The layer expects {0} input channels, the input has {1}.',
      args: [wanted, given],
      message: `The layer expects ${wanted} input channels, the input has ${given}.`,
      framework: setup.torchRules
        ? `Given ${named}groups=${print(setup.groups)}, weight of size [${weightShape.map(print).join(', ')}], expected input[${shape.map(print).join(', ')}] to have ${wanted} channels, but got ${given} channels instead`
        : undefined,
    },
  ];
}

function rankProblem(machine: Machine, site: Site | undefined, setup: ConvSetup, x: TensorValue, at: CallPlace): void {
  const shape = x.cell.shape!.map(print);
  const name = setup.kind === 'conv' ? 'conv' : 'conv_transpose';
  const { rank } = setup;
  const wanted = setup.batch === 'none' ? rank + 1 : rank + 2;
  const problem = {
    code: 'input-rank',
    severity: 'error' as const,
    template: 'The input has shape {0}; this layer needs {1} axes.',
    args: [`(${shape.join(', ')})`, wanted],
    message: `The input has shape (${shape.join(', ')}); this layer needs ${wanted} axes.`,
    framework: setup.torchRules
      ? `Expected ${rank + 1}D (unbatched) or ${rank + 2}D (batched) input to ${name}${rank}d, but got input of size: [${shape.join(', ')}]`
      : undefined,
  };
  machine.recorder.problem(site, { problem, arguments: [], place: at, repairs: [] });
}

/** Whether a tensor of these sizes had less than no elements, which nothing can make. */
function isNegative(sizes: readonly Size[]): boolean {
  const known = numbers(sizes);
  return known !== undefined && known.reduce((all, size) => all * size, 1) < 0;
}

function emptyOutput(setup: ConvSetup, outputs: readonly Size[]): Problem {
  const sizes = `(${outputs.map(print).join(', ')})`;
  return {
    code: 'output-empty',
    severity: setup.empty === 'runs' && !isNegative(outputs) ? 'warning' : 'error',
    field: 'padding',
    template: 'The output would have the size {0}.',
    args: [sizes],
    message: `The output would have the size ${sizes}.`,
    framework: setup.torchRules
      ? `Calculated output size per channel: ${sizes.replaceAll(',', ' x')}. Output size is too small`
      : undefined,
  };
}
