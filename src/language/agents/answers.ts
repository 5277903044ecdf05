import { format } from '../../core/problem';
import { solutionCode } from '../../core/solve/code';
import { solve } from '../../core/solve/solve';
import type { LineShape, ModuleAnalysis, Report, ShapeSource, Span, Use } from '../../python';
import { heard } from '../../python/told';
import { shapeOfInput, shapesOf, unapplied, whyText } from '../../python/whyText';
import { shape } from '../../python/written';
import { reportsOn } from '../layerAt';
import {
  first,
  MOST_LAYERS,
  MOST_LINES,
  MOST_LINES_OF_CAUSE,
  MOST_PLACES,
  MOST_SHAPES,
  MOST_SOLUTIONS,
  MOST_USES,
} from './limits';
import type { ShapesAsked, SolveAsked } from './tools';

/** A file that was read, and how its places are told: `17:9`, in a notebook `cell 2:3:1`, all counted from 1. */
export interface ReadFile {
  readonly file: string;
  readonly analysis: ModuleAnalysis;
  at(offset: number): string;
  /** How a team or a user sets the shape of an input, by its key, for instance to this one. */
  setting(inputKey: string, example: readonly number[]): string;
}

/** What every number of an answer counts. */
const UNITS = {
  shape: 'elements on each axis, batch first; a name such as H is a size that the code leaves open',
  place: 'line:column, counted from 1',
} as const;

/** Where the shape of an input comes from, in words. */
const SOURCES: Readonly<Record<ShapeSource, string>> = {
  user: 'set by the user or the team',
  comment: 'a comment of the code',
  annotation: 'an annotation of the code',
  declared: 'declared by the code, or computed by it',
  example: 'an example call in the project',
  symbolic: 'nothing says it: sizes are names',
};

const isWithin = (name: string, within: string | undefined): boolean =>
  within === undefined || name === within || name.startsWith(`${within}.`);

/** What is known of a file’s tensors: its models, its inputs with where their shapes come from, and a line for each. */
export function shapesOfFile({ file, analysis, at }: ReadFile, { within }: Pick<ShapesAsked, 'within'>): object {
  const { lines = [], networks = [], inputs } = analysis;
  const told = lines.filter((line) => isWithin(line.within, within));
  const { shown, leftOut } = first(told, MOST_LINES);
  return {
    file,
    units: UNITS,
    source: 'computed from the code, which was not run, and from the shapes of these inputs',
    models: networks
      .filter(({ name }) => within === undefined || name === within || within.startsWith(`${name}.`))
      .map(({ name, entry, span, inputs: taken, output, source }) => ({
        name: `${name}.${entry}`,
        at: at(span.start),
        inputs: Object.fromEntries(taken.map((each) => [each.name, each.shape ?? 'unknown'])),
        output: output ?? 'unknown',
        inputSource: SOURCES[sourceOf(analysis, `${name}.${entry}:${taken[0]?.name}`, source)],
      })),
    inputs: inputs
      .filter(({ key }) => isWithin(key.slice(0, key.lastIndexOf(':')), within))
      .map(({ key, source }) => ({
        key,
        shape: shapeOfInput(analysis, key) ?? 'unknown',
        source: SOURCES[sourceOf(analysis, key, source)],
      })),
    tensors: shown.map((line) => tensorText(line, at)),
    unknown: told.filter(({ shapes }) => shapes.length === 0).length,
    ...(told.length === 0 && lines.length > 0 ? { note: `No line that leaves a tensor is within ${within}.` } : {}),
    ...(told.length === 0 || leftOut !== undefined ? { askWithin: placesOf(lines) } : {}),
    ...(leftOut === undefined ? {} : { leftOut: `${leftOut} more; ask within one class or function` }),
  };
}

/** The functions in which there are lines to tell of. */
const placesOf = (lines: readonly LineShape[]): readonly string[] =>
  first([...new Set(lines.map(({ within }) => within))].filter(Boolean), MOST_PLACES).shown;

/** Where the shape of an input comes from: what derives from it knows better than the input itself. */
const sourceOf = ({ reports }: ModuleAnalysis, key: string, otherwise: ShapeSource): ShapeSource =>
  reports.flatMap(({ uses }) => uses).find(({ inputKey }) => inputKey === key)?.source ?? otherwise;

const tensorText = (line: LineShape, at: ReadFile['at']): string =>
  `${at(line.span.start)} ${line.within === '' ? '' : `${line.within} `}${line.name}: ${shapesOf(line, MOST_SHAPES)}`;

/** What is missing where a shape is not known, and what supplies it. */
export function whyUnknown({ file, analysis, at, setting }: ReadFile): object {
  const most = { lines: MOST_LINES_OF_CAUSE, shapes: MOST_SHAPES };
  const [summary, ...rest] = whyText(analysis, {
    say: (template, ...args) => format(template, args),
    at,
    setting,
    most,
  });
  const { shown, leftOut } = first(rest, MOST_LINES);
  return {
    file,
    units: UNITS,
    source: 'the reading of the code, which was not run',
    summary,
    missing: shown,
    ...(leftOut === undefined ? {} : { leftOut: `${leftOut} more lines` }),
  };
}

/** Everything that is known of the layers on a line. */
export function explainConvolution({ file, analysis, at }: ReadFile, on: Span): object {
  const { shown, leftOut } = first(reportsOn(analysis, on), MOST_LAYERS);
  const { told } = heard(analysis);
  const problems = told.filter(
    ({ problem, report }) =>
      (problem.span.start < on.end && problem.span.end > on.start) ||
      shown.some((each) => each.span.start === report?.span.start),
  );
  return {
    file,
    units: {
      ...UNITS,
      weightShape: 'elements, as the framework stores it',
      parameters: 'numbers, bias included',
      multiplyAdds: 'for the whole batch, taps on padding included',
      receptiveField: 'elements of the network’s input on each spatial axis',
    },
    layers: shown.map((report) => layerOf(report, at)),
    problems: problems.map(({ problem: { code, severity, message, framework, span } }) => ({
      code,
      severity,
      at: at(span.start),
      message,
      ...(framework ? { inTheFrameworksWords: framework } : {}),
    })),
    ...(shown.length === 0
      ? {
          note: 'No layer is made, applied or named on this line.',
          layersStandAt: first(nearest(analysis, on), MOST_PLACES).shown.map(
            ({ callee, span }) => `${at(span.start)} ${callee}`,
          ),
        }
      : {}),
    ...(leftOut === undefined ? {} : { leftOut: `${leftOut} more layers` }),
  };
}

/** The layers of a file, those nearest to a place first. */
function nearest({ reports }: ModuleAnalysis, { start }: Span): readonly Report[] {
  const away = ({ span }: Report): number => Math.abs(span.start - start);
  return [...reports].sort((a, b) => away(a) - away(b));
}

function layerOf(report: Report, at: ReadFile['at']): object {
  const { callee, span, uses, refused, parameters, weightShape, parameterCount } = report;
  const { shown, leftOut } = first(uses, MOST_USES);
  const idle = unapplied(report);
  return {
    callee,
    at: at(span.start),
    arguments: { source: 'the call and the framework’s defaults', values: parameters },
    ...(weightShape ? { weightShape } : {}),
    ...(parameterCount === undefined ? {} : { parameters: parameterCount }),
    uses: shown.map(useOf),
    ...(leftOut === undefined ? {} : { leftOut: `${leftOut} more uses` }),
    ...(refused ? { refused: { input: refused.inputShape, inputSource: inputSourceOf(refused) } } : {}),
    ...(idle ? { note: format(idle.template, idle.args) } : {}),
  };
}

const inputSourceOf = ({ source, inputKey }: Use): string =>
  inputKey === undefined ? SOURCES[source] : `${SOURCES[source]} (${inputKey})`;

function useOf(use: Use): object {
  const { inputShape, outputShape, axes, multiplyAdds, receptiveField, channelsLast } = use;
  const formulas = axes.map(({ formula, substituted, output }) => `${formula} = ${substituted} = ${output}`);
  const overlaps = axes.flatMap(({ overlap }) => (overlap ? [overlap] : []));
  return {
    input: inputShape,
    inputSource: inputSourceOf(use),
    output: outputShape,
    outputSource: [...new Set(formulas)],
    ...(channelsLast ? { channelsLast } : {}),
    ...(multiplyAdds === undefined ? {} : { multiplyAdds }),
    ...(receptiveField ? { receptiveField } : {}),
    ...(overlaps.length > 0
      ? { overlap: overlaps.map(({ counts, even, holes }) => ({ tapsPerOutputResidue: counts, even, holes })) }
      : {}),
  };
}

/** Convolutions between sizes, best first. @throws ProblemError when the question is not sensible */
export function solveSizes({ input, output, kind, framework, even }: SolveAsked): object {
  const sizes = input.map((size, axis) => ({ input: size, output: output[axis] }));
  const { shown, leftOut } = first(solve({ kind, sizes, framework, limits: { even } }), MOST_SOLUTIONS);
  const channels = { input: 'in_channels', output: 'out_channels' };
  return {
    units: { sizes: 'elements on each spatial axis' },
    source: 'the framework’s formula of the output size, solved for kernels up to 9 and strides up to 8',
    question: `${kind}: ${shape(input)} → ${shape(output)}`,
    solutions: shown.map((solution) => ({
      code: solutionCode(solution, channels),
      reasons: solution.reasons.map(({ good, template, args }) => `${good ? '+' : '-'} ${format(template, args)}`),
    })),
    ...(shown.length === 0 ? { note: 'No convolution within these limits does this.' } : {}),
    ...(leftOut === undefined ? {} : { leftOut: `${leftOut} more, which are worse` }),
  };
}
