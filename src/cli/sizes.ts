import { isDeepStrictEqual } from 'node:util';
import type { Dim, ModuleAnalysis, Network } from '../python';
import { sizeFunction } from '../python/sizeFunction';
import { shape } from '../python/written';
import { Failure } from './failure';
import { shownPath } from './problems';
import { readSource, type SourceFile } from './sourceFile';
import { GIVEN_UP, type Taken, TakenSizes } from './takenSizes';
import { type Target, type TargetOptions, Targets } from './targets';
import type { Terminal } from './terminal';

/** Sizes up to this one are tried. */
const LARGEST = 1024;
/** A step between sizes that is looked for. */
const LARGEST_STEP = 256;

/** Which sizes of one axis a model gives back as they were. */
interface Axis {
  readonly name: string;
  readonly output: Dim;
  readonly returns: string;
}

/** Tells of each model which sizes of its input come back. @throws Failure when a path names nothing */
export async function sizes(options: TargetOptions & { json: boolean }, terminal: Terminal): Promise<number> {
  const targets = await new Targets(options, terminal.folder).find();
  const found = targets.flatMap((target) => modelsOf(target, terminal.folder));
  if (options.json) terminal.out(`${JSON.stringify(found, null, 2)}\n`);
  else if (found.length === 0) terminal.out('No model was found whose output is one tensor of known rank.\n');
  else terminal.out(found.map(described).join('\n'));
  return 0;
}

interface Model {
  readonly file: string;
  readonly line: number;
  readonly model: string;
  readonly input: readonly Dim[];
  /** Nothing where the reading was given up before it. */
  readonly output?: readonly Dim[];
  readonly axes: readonly Axis[];
  /** What of the model is not known, and may refuse a size or give back another one. */
  readonly unknown?: string;
}

function described({ file, line, model, input, output, axes, unknown }: Model): string {
  return [
    `${file}:${line}: ${model}: ${shape(input)} → ${output ? shape(output) : '?'}`,
    ...axes.map(({ name, returns }) => `    ${name}: ${returns}`),
    ...(unknown === undefined ? [] : [`    As far as it is known: ${unknown}`]),
    '',
  ].join('\n');
}

function modelsOf({ path, project }: Target, folder: string): readonly Model[] {
  let source;
  try {
    source = readSource(path);
  } catch (error) {
    if (error instanceof Failure) return [];
    throw error;
  }
  const { networks = [] } = project.read(path, source.text, {}, true);
  const models = networks.filter(({ inputs, output }) => output && inputs[0]?.shape);
  // An example says one size; with names in the place of its numbers all of them are told at once.
  const shapes = (size?: number): Readonly<Record<string, readonly Dim[]>> =>
    Object.fromEntries(models.map((each) => [keyOf(each), opened(each, size)] as const));
  if (models.length === 0) return [];
  const open = shapes();
  const placed = ({ name, span }: Network): Pick<Model, 'file' | 'line' | 'model'> => ({
    file: shownPath(folder, path),
    line: source.placeOf(span).start.line,
    model: name,
  });
  const taken = new TakenSizes((size) => project.read(path, source.text, shapes(size), true));
  const asked = project.read(path, source.text, open, true);
  const told = (asked.networks ?? []).flatMap((network): Model[] => {
    const { name, inputs, output } = network;
    const input = inputs[0]?.shape;
    if (!input || !output || !models.some((each) => each.name === name)) return [];
    const sizesTaken = taken.of(name);
    const unknown = unknownOf(asked, network, sizesTaken === GIVEN_UP, source);
    const axes = axesOf(input, output, sizesTaken === GIVEN_UP ? undefined : sizesTaken);
    return [{ ...placed(network), input, output, axes, ...(unknown !== undefined && { unknown }) }];
  });
  const lost = models.filter(({ name }) => asked.incomplete && !told.some(({ model }) => model === name));
  return [...told, ...lost.map((each) => ({ ...placed(each), input: opened(each), axes: [], unknown: TOO_LONG }))];
}

const TOO_LONG = 'a part of it takes too many steps to be read in full.';

/** The first tensor of a model's own method of which nothing is known, and why; or that its reading was given up. */
function unknownOf(
  { lines = [], incomplete }: ModuleAnalysis,
  { name, entry }: Network,
  wasGivenUp: boolean,
  source: SourceFile,
): string | undefined {
  const missing = lines.filter(({ shapes, why }) => shapes.length === 0 && why.length > 0);
  const line = missing.find(({ within }) => within === `${name}.${entry}`);
  if (line) {
    // What is not known is most often a layer that could not be made.
    const [first] = missing.filter(({ within }) => within.startsWith(`${name}.`));
    const at = first.why[0].span && source.placeOf(first.why[0].span).start;
    const what = `nothing is known of ${line.name} in line ${source.placeOf(line.span).start.line}.`;
    return `${what} ${at ? `${at.line}:${at.column} ` : ''}${first.why[0].message}`;
  }
  return incomplete || wasGivenUp ? TOO_LONG : undefined;
}

const keyOf = ({ name, entry, inputs }: Network): string => `${name}.${entry}:${inputs[0].name}`;

const AXES = ['D', 'H', 'W'];

/** The input with names, or one number, for its spatial sizes; its channels stay what they are. */
function opened({ inputs }: Network, size?: number): readonly Dim[] {
  const own = inputs[0].shape!;
  if (own.length < 3 || own.length > 5) return own;
  const spatial = own.length === 3 ? ['L'] : AXES.slice(5 - own.length);
  return own.map((dim, axis) => (axis === 0 ? 'N' : axis === 1 ? dim : (size ?? spatial[axis - 2])));
}

/** Of each axis that has a name in the input: which of its sizes come back. */
function axesOf(input: readonly Dim[], output: readonly Dim[], taken: Taken | undefined): readonly Axis[] {
  if (input.length !== output.length) return [];
  return input.flatMap((dim, axis): Axis[] => {
    if (axis < 2 || typeof dim !== 'string' || !/^\w+$/.test(dim)) return [];
    const result = output[axis];
    return [{ name: dim, output: result, returns: taken ? returningOf(dim, result, taken) : returning(dim, result) }];
  });
}

/** Of a model that does not take every size. */
function returningOf(name: string, output: Dim, { refused, step }: Taken): string {
  const those = step && (step.rest === 0 ? `multiples of ${step.by}` : `sizes ${step.by}·k + ${step.rest}`);
  if (output === name)
    return those
      ? `${those} come back; others are refused, ${refused} for one.`
      : `a size that is taken comes back; not every one is: ${refused} is refused.`;
  const only = those
    ? `Only ${those} are taken: ${refused} is refused.`
    : `Not every size is taken: ${refused} is refused.`;
  return `${returning(name, output)} ${only}`;
}

function returning(name: string, output: Dim): string {
  if (output === name) return 'every size comes back.';
  const worth = sizeFunction(output);
  if (worth({ [name]: LARGEST }) === undefined) return `becomes ${output}, which is not of ${name} alone.`;
  const sizes = Array.from({ length: LARGEST }, (_, index) => index + 1).filter(
    (size) => worth({ [name]: size }) === size,
  );
  const [first] = sizes;
  if (first === undefined) return `becomes ${output}; no size up to ${LARGEST} comes back.`;
  for (let step = 1; step <= LARGEST_STEP; step++) {
    const regular = Array.from(
      { length: Math.floor((LARGEST - first) / step) + 1 },
      (_, index) => first + index * step,
    );
    if (!isDeepStrictEqual(regular, sizes)) continue;
    if (step === 1) return `every size from ${first} comes back.`;
    return first === step
      ? `multiples of ${step} come back; others become ${output}.`
      : `${step}·k + ${first % step} from ${first} on comes back; others become ${output}.`;
  }
  const those = `${sizes.slice(0, 12).join(', ')}${sizes.length > 12 ? ', …' : ''}`;
  return `becomes ${output}; ${sizes.length === 1 ? `only ${those} comes` : `${those} come`} back.`;
}
