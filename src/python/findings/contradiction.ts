import { format } from '../../core/problem';
import type { Machine } from '../model/machine';
import type { LooseProblem } from '../model/site';
import type { CallPlace, Value } from '../model/value';
import type { TensorValue } from '../model/tensor';
import { print } from '../sizes/print';
import { isKnown, type Size } from '../sizes/size';

/** What a person wrote of a shape, and where. */
export interface Written {
  readonly dims: readonly (number | string)[];
  readonly by: 'comment' | 'assertion' | 'annotation' | 'pattern';
  readonly place: CallPlace;
}

/**
 * Compares what is written of a value with what it is. It is told only when it was wrong each time that the line was
 * run, and never as an error: the program may well run.
 */
export function compareWritten(machine: Machine, value: Value | undefined, written: Written): void {
  const shape = value?.kind === 'tensor' && isCertain(value, written) ? value.cell.shape : undefined;
  const wrong = shape !== undefined && disagree(written, shape, !machine.mode.synthetic);
  machine.recorder.loose({
    place: written.place,
    problem: problemOf(written, shape ?? []),
    ...(wrong ? {} : { agreed: true }),
  });
}

/** Of a number of axes that was assumed nothing is told; where the same is written, the rest is certain. */
const isCertain = ({ guessed, cell }: TensorValue, { dims }: Written): boolean =>
  !cell.soft &&
  (!guessed || guessed === 'axes') &&
  (!(guessed === 'axes' || cell.assumed) || dims.length === cell.shape?.length);

/**
 * An assertion and an annotation speak of every axis. A comment is for people: it may leave out the batch, has the
 * batch of its author, and his sizes where an example call decides them (`real`). Channels are the layer's own.
 */
function disagree({ dims, by }: Written, shape: readonly Size[], real: boolean): boolean {
  const loose = by === 'comment';
  if (dims.length !== shape.length) return !loose || Math.abs(dims.length - shape.length) > 1;
  const isCompared = (axis: number): boolean => !loose || axis === 1 || (axis > 1 && !real);
  return dims.some(
    (dim, axis) => typeof dim === 'number' && isKnown(shape[axis]) && dim !== shape[axis] && isCompared(axis),
  );
}

function problemOf({ by, dims }: Written, shape: readonly Size[]): LooseProblem['problem'] {
  const { template } = SAID[by];
  const args = [dims.join(', '), shape.map(print).join(', ')];
  return { code: 'written-shape', severity: 'info', template, args, message: format(template, args) };
}

const SAID: Readonly<Record<Written['by'], { readonly template: string }>> = {
  comment: { template: 'The comment says ({0}), but this has the shape ({1}).' },
  assertion: { template: 'This is asserted to be ({0}), but it has the shape ({1}).' },
  annotation: { template: 'This is annotated as ({0}), but it has the shape ({1}).' },
  pattern: { template: 'The pattern speaks of the axes ({0}), but this has the shape ({1}).' },
};
