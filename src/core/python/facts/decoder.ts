import { format } from '../../problem';
import { recordProblem } from '../evaluate/construct';
import type { Interpreter } from '../evaluate/interpreter';
import type { Site } from '../evaluate/site';
import type { Repair } from '../report';
import type { ConvAxis, ConvSetup } from '../shapes/convolution';
import { print } from '../symbolic/print';
import { type Size, isKnown } from '../symbolic/size';
import type { TensorValue } from '../values/tensor';
import { overlapOf } from './axisUse';

/** Notes on a transposed convolution's figure: uneven overlap (checkerboard) and outputs that no tap reaches (holes). */
export function noteOverlap(machine: Interpreter, site: Site, setup: ConvSetup, axes: readonly ConvAxis[]): void {
  if (setup.kind !== 'convTranspose') return;
  const facts = axes.map(overlapOf);
  const holes = facts.findIndex((each) => each?.holes);
  const uneven = facts.findIndex((each) => each && !each.even);
  const note = (code: string, template: string, args: readonly (string | number)[]): void =>
    recordProblem(machine, site, { problem: { code, severity: 'info', template, args, message: format(template, args) }, arguments: ['kernel_size', 'stride'], repairs: [] }, false);
  if (holes >= 0) {
    note('holes', 'No tap of the kernel reaches some of the outputs ({0} taps per residue of the stride): there the output is the bias alone.', [`[${facts[holes]!.counts.join(', ')}]`]);
  } else if (uneven >= 0) {
    note('checkerboard', 'The kernel overlaps itself unevenly ({0} taps per residue of the stride), which shows as a checkerboard; a kernel size that the stride divides does not.', [`[${facts[uneven]!.counts.join(', ')}]`]);
  }
}

const asArgument = (values: readonly number[]): string => (values.every((value) => value === values[0]) ? String(values[0]) : `(${values.join(', ')})`);

/** Output padding or padding that makes the wanted sizes, when a legal one does. */
function repairs(axes: readonly ConvAxis[], missing: readonly number[]): Repair[] {
  const numbers = (sizes: readonly Size[]): readonly number[] | undefined => (sizes.every(isKnown) ? sizes : undefined);
  const [extra, begin, end] = [axes.map((axis) => axis.outputPadding), axes.map((axis) => axis.padBegin), axes.map((axis) => axis.padEnd)].map(numbers);
  const limits = axes.map((axis) => (isKnown(axis.stride) && isKnown(axis.dilation) ? Math.max(axis.stride, axis.dilation) : 0));
  const found: Repair[] = [];
  const offer = (name: string, values: readonly number[]): void => {
    found.push({ kind: 'set', values: { [name]: asArgument(values) }, preferred: found.length === 0 });
  };
  const paddings = extra?.map((value, axis) => value + missing[axis]);
  if (paddings?.every((value, axis) => value >= 0 && value < limits[axis])) offer('output_padding', paddings);
  const crops = begin?.map((value, axis) => value - missing[axis] / 2);
  if (begin && end && begin.every((value, axis) => value === end[axis]) && crops?.every((value) => Number.isInteger(value) && value >= 0)) offer('padding', crops);
  return found;
}

/**
 * Where a decoder's tensor meets the encoder's and their sizes differ: says so at the transposed layer that made it, with the
 * change of its arguments that restores the size.
 */
export function cannotRestore(machine: Interpreter, tensors: readonly TensorValue[]): void {
  const made = tensors.find((each) => each.origin);
  const other = tensors.find((each) => each !== made && each.cell.shape?.length === made?.cell.shape?.length);
  const [got, wanted] = [made?.cell.shape, other?.cell.shape];
  if (!made?.origin || machine.forks > 0 || !got || !wanted) return;
  const { site, axes } = made.origin;
  const [from, to] = [got, wanted].map((shape) => shape.slice(-axes.length));
  if (!from.every(isKnown) || !to.every(isKnown) || from.every((size, axis) => size === to[axis])) return;
  const template = 'This layer gives the size ({0}); what it is joined with has ({1}).';
  const args = [from, to].map((sizes) => sizes.map(print).join(', '));
  recordProblem(machine, site, {
    problem: { code: 'cannot-restore', severity: 'warning', template, args, message: format(template, args) },
    arguments: ['output_padding', 'padding', 'kernel_size'],
    repairs: site.framework === 'torch' || site.framework === 'paddle' ? repairs(axes, to.map((size, axis) => size - from[axis])) : [],
  });
}
