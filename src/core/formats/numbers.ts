import type { Dtype } from '../operation';

const POWERS_OF_TEN = Array.from({ length: 23 }, (_, exponent) => 10 ** exponent);

/**
 * The decimal of fewest digits, 6 to 9, that float32 rounds back to `size`; undefined outside the range where this is
 * exact. Powers of ten up to 10²² are exact in float64, so scaling by one and back is one correct rounding each, and no
 * text is made on the way. Printing every candidate instead, a CSV of 2048² random numbers took 9.0 s instead of 1.7.
 */
function shortDecimal(size: number): number | undefined {
  if (size < 1e-5 || size >= 1e15) return undefined;
  const exponent = Math.floor(Math.log10(size));
  for (let digits = 6; digits <= 9; digits++) {
    const scale = digits - 1 - exponent;
    const power = POWERS_OF_TEN[Math.abs(scale)];
    const decimal = scale >= 0 ? Math.round(size * power) / power : Math.round(size / power) * power;
    if (Math.fround(decimal) === size) return decimal;
  }
  return undefined;
}

/** The shortest decimal that reads back as the same number of this type: 0.1, not 0.10000000149011612, for float32. */
export function shortest(value: number, dtype: Dtype): string {
  if (Object.is(value, -0)) return '-0';
  if (dtype === 'float64' || value === 0 || !Number.isFinite(value)) return String(value);
  const decimal = shortDecimal(Math.abs(value));
  if (decimal !== undefined) return String(value < 0 ? -decimal : decimal);
  for (let digits = 6; digits < 9; digits++) {
    const rounded = Number(value.toPrecision(digits));
    if (Math.fround(rounded) === value) return String(rounded);
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
