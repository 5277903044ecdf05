import type { Dim } from '../python';
import type { Words } from './words';

/** `12 345`, or `1.2 M`, or an expression as it is. */
export function count(value: Dim, { language }: Pick<Words, 'language'>): string {
  if (typeof value === 'string') return value.replace(/\*/g, '·');
  const units: readonly [number, string][] = [
    [1e12, 'T'],
    [1e9, 'G'],
    [1e6, 'M'],
  ];
  for (const [unit, name] of units) if (value >= unit) return `${(value / unit).toPrecision(3)} ${name}`;
  return value.toLocaleString(language);
}
