import { windowText } from '../../live/window';
import type { LiveTensor } from '../../live/reader';
import type { Read } from '../live/reading';

/** So many values are told: an answer is one screen. */
const MOST_VALUES = 64;

/** What an expression stands for in a stopped program, as an agent is told it. */
export function toldTensor(expression: string, read: Read): object {
  const source = 'the program, where it has stopped';
  if (read.kind === 'tensor') return { expression, source, ...tensor(read) };
  const { type, op, weight, bias } = read;
  return {
    expression,
    source,
    type,
    operation: op,
    weight: tensor(weight),
    ...(bias ? { bias: tensor(bias) } : {}),
  };
}

function tensor({ type, dtype, shape, plan, window, values }: LiveTensor): object {
  const finite = Array.from(values.data).filter(Number.isFinite);
  const least = finite.reduce((one, other) => Math.min(one, other), Infinity);
  const most = finite.reduce((one, other) => Math.max(one, other), -Infinity);
  const shown = Array.from(values.data.subarray(0, MOST_VALUES), Number);
  return {
    type,
    dtype,
    shape,
    units: { shape: 'elements on each axis', values: 'as the program has them, in row-major order' },
    read: plan === 'whole' ? 'all of it' : `[${windowText(window, shape)}]`,
    ofWhatWasRead: {
      elements: values.data.length,
      notFinite: values.data.length - finite.length,
      ...(finite.length > 0
        ? { min: least, max: most, mean: finite.reduce((sum, each) => sum + each, 0) / finite.length }
        : {}),
    },
    // JSON has no NaN and no infinity.
    values: shown.map((each) => (Number.isFinite(each) ? each : String(each))),
    ...(values.data.length > MOST_VALUES ? { leftOut: values.data.length - MOST_VALUES } : {}),
  };
}
