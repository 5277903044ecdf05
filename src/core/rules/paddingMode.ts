import { type Problem, problem } from '../problem';
import type { Question } from './question';
import { axisName, list } from './words';

/** Only a convolution may pad with anything but zeros, and how far it can depends on the size of its input. */
export function checkPaddingMode(question: Question): Problem[] {
  const { op, rank, conv } = question;
  const mode = op.paddingMode ?? 'zeros';
  if (mode === 'zeros') return [];
  if (!conv) {
    return [
      problem({
        code: 'padding-mode',
        field: 'paddingMode',
        template: 'A transposed convolution has no padding mode but zeros.',
        framework: `Only "zeros" padding mode is supported for ConvTranspose${rank}d`,
      }),
    ];
  }
  switch (mode) {
    case 'circular':
      return checkWrap(question);
    case 'reflect':
      return [...checkNonEmpty(question), ...checkReflection(question)];
    case 'replicate':
      return checkNonEmpty(question);
    default: {
      const never: never = mode;
      return never;
    }
  }
}

/**
 * Without a channel or an element there is nothing to mirror or to repeat; without a batch item there is nothing to do.
 */
function checkNonEmpty({ rank, inputShape }: Question): Problem[] {
  if (inputShape.slice(-(rank + 1)).every((size) => size >= 1)) return [];
  return [
    problem({
      code: 'input-empty',
      field: 'input',
      template: 'The input has shape {0}; this padding mode needs every axis but the batch to be at least 1.',
      args: [list(inputShape)],
      framework: `Expected ${rank + 1}D or ${rank + 2}D (batch mode) tensor with possibly 0 batch size and other non-zero dimensions for input, but got: ${list(inputShape)}`,
    }),
  ];
}

function tooFar(question: Question, axis: number, limit: number, framework: string): Problem {
  const { padBegin, padEnd } = question.axes[axis];
  return problem({
    code: 'padding-wraps',
    field: 'padding',
    axis,
    template: 'Padding {0} is more than the {1} that {2} padding can take from the {3} of the input.',
    args: [Math.max(padBegin, padEnd), limit, question.op.paddingMode ?? 'zeros', axisName(question.rank, axis)],
    framework,
    repair: { field: 'padding', axis, value: Math.max(0, limit) },
  });
}

/**
 * Reflection leaves the edge element out, so it can give one element less than there are. PyTorch pads the last axis
 * first, and so names that one.
 */
function checkReflection(question: Question): Problem[] {
  const { axes, rank, inputShape } = question;
  const found = axes.flatMap(({ padBegin, padEnd, input }, axis) => {
    if (Math.max(padBegin, padEnd) < input || input < 1) return [];
    const argument = 4 + 2 * (rank - 1 - axis);
    return tooFar(
      question,
      axis,
      input - 1,
      `Argument #${argument}: Padding size should be less than the corresponding input dimension, but got: ` +
        `padding (${padBegin}, ${padEnd}) at dimension ${inputShape.length - rank + axis} of input ${list(inputShape)}`,
    );
  });
  return found.toReversed();
}

function checkWrap(question: Question): Problem[] {
  return question.axes.flatMap(({ padBegin, padEnd, input }, axis) =>
    Math.max(padBegin, padEnd) <= input
      ? []
      : tooFar(question, axis, input, 'Padding value causes wrapping around more than once.'),
  );
}
