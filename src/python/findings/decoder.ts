import { format } from '../../core/problem';
import { less } from '../model/arithmetic';
import type { Machine } from '../model/machine';
import type { Site } from '../model/site';
import type { TensorValue } from '../model/tensor';
import type { ConvAxis, ConvKind } from '../sizes/axis';
import { print } from '../sizes/print';
import { isKnown, type Size } from '../sizes/size';
import { overlapOf } from './axisUse';

/**
 * Notes on a transposed convolution's figure: uneven overlap (checkerboard) and outputs that no tap reaches (holes).
 */
export function noteOverlap(machine: Machine, site: Site, kind: ConvKind, axes: readonly ConvAxis[]): void {
  if (kind !== 'convTranspose') return;
  const facts = axes.map(overlapOf);
  const holes = facts.findIndex((each) => each?.holes);
  const uneven = facts.findIndex((each) => each && !each.even);
  const note = (code: string, template: string, args: readonly (string | number)[]): void =>
    machine.recorder.problem(
      site,
      {
        problem: { code, severity: 'info', template, args, message: format(template, args) },
        arguments: ['kernel_size', 'stride'],
        repairs: [],
      },
      false,
    );
  if (holes >= 0) {
    note(
      'holes',
      'No tap of the kernel reaches some of the outputs ({0} taps per residue of the stride): there the output is the bias alone.',
      [`[${facts[holes]!.counts.join(', ')}]`],
    );
  } else if (uneven >= 0) {
    note(
      'checkerboard',
      'The kernel overlaps itself unevenly ({0} taps per residue of the stride), which shows as a checkerboard; a kernel size that the stride divides does not.',
      [`[${facts[uneven]!.counts.join(', ')}]`],
    );
  }
}

/**
 * Where a decoder's tensor meets the encoder's and their sizes differ: says so at the transposed layer that made it,
 * with how much its output lacks. Where the two are not known, their difference may be.
 */
export function cannotRestore(machine: Machine, tensors: readonly TensorValue[]): void {
  const made = tensors.find((each) => each.origin);
  const other = tensors.find((each) => each !== made && each.cell.shape?.length === made?.cell.shape?.length);
  const [got, wanted] = [made?.cell.shape, other?.cell.shape];
  if (!made?.origin || machine.mode.forked || !got || !wanted) return;
  const { site, axes, layout } = made.origin;
  const spatial = (shape: readonly Size[]): readonly Size[] =>
    layout === 'last' ? shape.slice(-axes.length - 1, -1) : shape.slice(-axes.length);
  const [from, to] = [got, wanted].map(spatial);
  const missing = to.map((size, axis) => less(machine, size, from[axis]));
  if (!missing.every(isKnown) || missing.every((each) => each === 0)) return;
  const template = 'This layer gives the size ({0}); what it is joined with has ({1}).';
  const args = [from, to].map((sizes) => sizes.map(print).join(', '));
  machine.recorder.problem(site, {
    problem: { code: 'cannot-restore', severity: 'warning', template, args, message: format(template, args) },
    arguments: ['output_padding', 'padding', 'kernel_size'],
    repairs: [{ kind: 'enlarge', by: missing }],
  });
}
