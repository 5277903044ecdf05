import type { ModuleAnalysis, Repair, Report, ReportProblem } from '../report';
import { restoreSize } from './restore';
import { kernelSizes, paddingForSame } from './samePadding';
import { type Fix, numbersOf, pythonOf, setArguments, swapArguments } from './setArguments';

/** `output_padding` at its largest legal value: below the stride, or in PyTorch below the dilation. */
function outputPadding(text: string, report: Report): Fix[] {
  const { parameters, rank, framework } = report;
  const keras = framework === 'keras';
  const stated = numbersOf(parameters.output_padding, rank);
  const stride = numbersOf(parameters[keras ? 'strides' : 'stride'], rank);
  const dilation = keras ? undefined : numbersOf(parameters.dilation, rank);
  if (!stated || !stride) return [];
  const legal = stated.map((value, axis) => Math.min(value, Math.max(stride[axis], dilation?.[axis] ?? 1) - 1));
  return [setArguments(text, report, { output_padding: pythonOf(legal) }, true)];
}

/** The channels that arrive, or, when these are what stands in the other place, the two swapped. */
function channels(text: string, report: Report, [, given]: ReportProblem['args']): Fix[] {
  const arriving = Number(given);
  const { in_channels: stated, out_channels: produced } = report.parameters;
  if (!Number.isSafeInteger(arriving) || arriving < 1 || stated === undefined) return groupsForDilation(text, report);
  const set = setArguments(text, report, { in_channels: String(arriving) }, true);
  return produced === arriving ? [...swapArguments(text, report, 'in_channels', 'out_channels'), set] : [set];
}

/**
 * `conv_transpose` takes groups before dilation, unlike every other form: the two are easily written the wrong way
 * round.
 */
function groupsForDilation(text: string, report: Report): Fix[] {
  const { callee, parameters } = report;
  const mistaken = callee.includes('conv_transpose') && parameters.dilation === 1 && parameters.groups !== 1;
  return mistaken ? swapArguments(text, report, 'groups', 'dilation') : [];
}

/** Padding that the framework only takes as numbers. */
function padding(text: string, report: Report): Fix[] {
  const sizes = paddingForSame(report);
  return report.framework === 'torch' && sizes ? [setArguments(text, report, { padding: pythonOf(sizes) }, true)] : [];
}

/** An output that has no elements: more padding for a convolution, less cropping for a transposed one. */
function emptyOutput(text: string, report: Report, [first, second]: ReportProblem['args']): Fix[] {
  const stated = numbersOf(report.parameters.padding, report.rank);
  if (report.framework !== 'torch' || !stated || typeof first !== 'number' || typeof second !== 'number') return [];
  // The rules say (extent, padded input) of a convolution and (output, uncropped output) of a transposed one.
  const change = report.family === 'conv' ? Math.ceil((first - second) / 2) : -Math.ceil((1 - first) / 2);
  const values = stated.map((value) => Math.max(0, value + change));
  return kernelSizes(report) ? [setArguments(text, report, { padding: pythonOf(values) }, true)] : [];
}

/** What the reading of the code proposes, as edits of its text. */
function proposed(text: string, report: Report, repair: Repair): Fix[] {
  switch (repair.kind) {
    case 'set':
      return [setArguments(text, report, repair.values, repair.preferred)];
    case 'swap': {
      const [one, other] = Object.keys(repair.values);
      return swapArguments(text, report, one, other, repair.preferred);
    }
    case 'enlarge': {
      const use = report.uses.find(({ operation }) => operation);
      return use ? restoreSize(text, report, use, repair.by) : [];
    }
    default: {
      const never: never = repair;
      return never;
    }
  }
}

/** Where sizes differ, which layer lacks how much is told at the layer: its ways out are those of the place as well. */
function ofTheLayers(text: string, { reports }: ModuleAnalysis): Fix[] {
  return reports.flatMap((report) =>
    report.problems
      .filter(({ code }) => code === 'cannot-restore')
      .flatMap(({ repairs }) => repairs.flatMap((repair) => proposed(text, report, repair))),
  );
}

const SIZES_DIFFER: ReadonlySet<string> = new Set(['cat-unequal', 'broadcast-mismatch', 'loss-size']);

/** What can be worked out for a problem, beside what the reading proposes. */
function workedOut(
  text: string,
  analysis: ModuleAnalysis,
  problem: ReportProblem,
  report: Report | undefined,
): readonly Fix[] {
  if (SIZES_DIFFER.has(problem.code)) return ofTheLayers(text, analysis);
  if (!report) return [];
  switch (problem.code) {
    case 'output-padding-large':
      return outputPadding(text, report);
    case 'channels-mismatch':
      return channels(text, report, problem.args);
    case 'groups-divide':
    case 'groups-range':
      return [
        ...groupsForDilation(text, report),
        ...(problem.repairs.length > 0 ? [] : [setArguments(text, report, { groups: '1' }, false)]),
      ];
    case 'padding-text':
      return padding(text, report);
    case 'padding-mode':
      return [setArguments(text, report, { padding_mode: "'zeros'" }, true)];
    case 'stride-dilation':
      return [setArguments(text, report, { dilation_rate: '1' }, true)];
    case 'output-empty':
      return emptyOutput(text, report, problem.args);
    default:
      return [];
  }
}

/**
 * Changes to the source that mend a problem, each once: pure text edits of a call's own arguments, worked out only when
 * someone asks for them. `report` is the call that the problem belongs to, if it belongs to one.
 */
export function mend(
  text: string,
  analysis: ModuleAnalysis,
  problem: ReportProblem,
  report: Report | undefined,
): readonly Fix[] {
  const own = report ? problem.repairs.flatMap((repair) => proposed(text, report, repair)) : [];
  const seen = new Set<string>();
  return [...own, ...workedOut(text, analysis, problem, report)].filter(({ edits }) => {
    const key = JSON.stringify(edits);
    return edits.length > 0 && !seen.has(key) && seen.add(key);
  });
}
