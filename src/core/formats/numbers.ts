import type { Dtype } from '../operation';

/** The shortest decimal that reads back as the same number of this type: 0.1, not 0.10000000149011612, for float32. */
export function shortest(value: number, dtype: Dtype): string {
  if (dtype === 'float64' || !Number.isFinite(value)) return Object.is(value, -0) ? '-0' : String(value);
  for (let digits = 6; digits < 9; digits++) {
    const text = value.toPrecision(digits);
    if (Math.fround(Number(text)) === value) return Object.is(value, -0) ? '-0' : String(Number(text));
  }
  return String(Number(value.toPrecision(9)));
}

const NON_FINITE: Readonly<Record<string, number>> = {
  nan: NaN,
  '+nan': NaN,
  '-nan': NaN,
  inf: Infinity,
  '+inf': Infinity,
  infinity: Infinity,
  '+infinity': Infinity,
  '-inf': -Infinity,
  '-infinity': -Infinity,
};

/** The value of `nan`, `inf`, `-Infinity` …, as C, Python and NumPy print them; undefined for any other text. */
export function nonFinite(text: string): number | undefined {
  const word = text.toLowerCase();
  return Object.hasOwn(NON_FINITE, word) ? NON_FINITE[word] : undefined;
}

/** As Python prints it: `nan`, `inf`, `-inf`, and `shortest` otherwise. */
export function printNumber(value: number, dtype: Dtype): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  return shortest(value, dtype);
}
