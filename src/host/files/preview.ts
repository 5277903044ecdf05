import { describeValue } from './words';

/** Taller and taller: none, and then how many values there are between the least and the greatest, in seven steps. */
const BARS = '▁▂▃▄▅▆▇█';
const COLUMNS = 12;

/** What a tensor's values are like, in one line: least, greatest, mean, and how they are spread between. */
export function previewOf(values: ArrayLike<number>): string {
  let [least, most, sum, count] = [Infinity, -Infinity, 0, 0];
  for (let at = 0; at < values.length; at++) {
    const value = values[at];
    if (!Number.isFinite(value)) continue;
    least = Math.min(least, value);
    most = Math.max(most, value);
    sum += value;
    count++;
  }
  if (count === 0) return 'nan';
  const range = `${describeValue(least)} … ${describeValue(most)}`;
  if (least === most) return describeValue(least);
  const columns = new Array<number>(COLUMNS).fill(0);
  for (let at = 0; at < values.length; at++) {
    if (Number.isFinite(values[at]))
      columns[Math.min(COLUMNS - 1, Math.floor(((values[at] - least) / (most - least)) * COLUMNS))]++;
  }
  const highest = Math.max(...columns);
  const bars = columns.map((height) => BARS[Math.ceil((height / highest) * (BARS.length - 1))]);
  return `${range}, ⌀ ${describeValue(sum / count)}  ${bars.join('')}`;
}
