import {
  type Comparison,
  comparisonBytes,
  compareUpsampling,
  MOST_OUTPUTS,
  outputsOf,
} from '../core/upsampling/comparison';
import type { Picture } from '../core/upsampling/picture';
import { ProblemError, problem } from '../core/problem';
import type { UpsampleCall } from '../protocol/engine';
import { Transferring } from '../protocol/rpc';
import { throwIfRaised } from './cancel';
import { requireMemory } from './memory';

function picturesOf({ smallPicture, referencePicture, results, bilinear }: Comparison): readonly Picture[] {
  const all = results.flatMap(({ picture, difference }) => [picture, difference]);
  return [smallPicture, referencePicture, bilinear.picture, ...all].filter((each) => each !== undefined);
}

/** Compares ways to make a plane larger. Refuses before memory is taken; given up between two of them. */
export function upsample({ question, limit, cancel }: UpsampleCall): Transferring<Comparison> {
  const outputs = outputsOf(question);
  if (!(outputs <= MOST_OUTPUTS)) {
    const args = [outputs, MOST_OUTPUTS];
    const template = 'Made larger, this plane would have {0} values; at most {1} are compared.';
    throw new ProblemError([problem({ code: 'upsampling-large', field: 'input', template, args })]);
  }
  requireMemory(comparisonBytes(outputs), limit);
  throwIfRaised(cancel);
  const comparison = compareUpsampling(question, () => throwIfRaised(cancel));
  const buffers = picturesOf(comparison).map(({ values }) => values.buffer);
  return new Transferring(
    comparison,
    [...new Set(buffers)].filter((each) => each instanceof ArrayBuffer),
  );
}
