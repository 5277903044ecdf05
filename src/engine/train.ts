import { ProblemError, problem } from '../core/problem';
import { elementCount } from '../core/tensor/tensor';
import { train, type Training } from '../core/training/training';
import type { TrainCall } from '../protocol/engine';
import { Transferring } from '../protocol/rpc';
import { throwIfRaised } from './cancel';
import { requireMemory } from './memory';

/** Of a kernel of 11 × 11; the least-squares solution takes the third power of it. */
const MOST_TAPS = 128;
/** Of a picture of 512 × 512. */
const MOST_OUTPUTS = 2 ** 18;
const MOST_STEPS = 10_000;

/** Learns a kernel. Refuses before memory is taken; given up between outputs. */
export function trainKernel({ question, limit, cancel }: TrainCall): Transferring<Training> {
  const taps = elementCount(question.kernel);
  const outputs = elementCount(question.target.shape);
  if (taps > MOST_TAPS || outputs > MOST_OUTPUTS || question.steps > MOST_STEPS)
    throw new ProblemError([
      problem({
        code: 'training-large',
        field: 'weight',
        template:
          'A kernel of {0} weights would be learned from {1} outputs; at most {2} weights and {3} outputs are taken.',
        args: [taps, outputs, MOST_TAPS, MOST_OUTPUTS],
      }),
    ]);
  requireMemory(8 * (taps * (question.steps + 3 * taps) + 4 * outputs), limit);
  throwIfRaised(cancel);
  const training = train(question, () => throwIfRaised(cancel));
  const { kernels, losses } = training;
  return new Transferring(training, [kernels.buffer as ArrayBuffer, losses.buffer as ArrayBuffer]);
}
