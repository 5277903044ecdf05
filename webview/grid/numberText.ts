const MINUS = '−';

const withMinus = (text: string): string => text.replace(/-/g, MINUS);

/** `1.5e-7`, not `1.50e-7`: zeros at the end would only take room in a cell. */
const trimmed = (text: string): string =>
  text
    .replace(/(\.\d*?)0+(?=e|$)/, '$1')
    .replace(/\.(?=e|$)/, '')
    .replace('e+', 'e');

/** NaN and the infinities as a reader of mathematics writes them; undefined for finite values. */
export function nonFiniteText(value: number): string | undefined {
  if (Number.isNaN(value)) return 'NaN';
  if (value === Infinity) return '+∞';
  if (value === -Infinity) return `${MINUS}∞`;
  return undefined;
}

/**
 * The value in as many digits as `characters` have room for; nothing where there is no room for one and its exponent,
 * since a number that is cut reads as another one. The full value must be shown elsewhere.
 */
export function fittedNumber(value: number, characters: number): string {
  const special = nonFiniteText(value);
  if (special !== undefined) return special;
  const whole = String(value);
  if (whole.length <= characters) return withMinus(whole);
  for (let digits = Math.min(7, Math.max(1, characters)); digits >= 1; digits--) {
    const plain =
      Math.abs(value) >= 1e-3 && Math.abs(value) < 10 ** digits
        ? trimmed(String(Number(value.toPrecision(digits))))
        : '';
    if (plain !== '' && plain.length <= characters) return withMinus(plain);
    // The leading zero goes before a digit does.
    const bare = plain.replace(/^(-?)0\./, '$1.');
    if (plain !== '' && bare.length <= characters) return withMinus(bare);
    const scientific = trimmed(value.toExponential(digits - 1));
    if (scientific.length <= characters) return withMinus(scientific);
  }
  // What is less than the last place is a zero with its sign, as a cell of a table has it.
  const places = characters - (value < 0 ? 2 : 1);
  const rounded = Math.abs(value) < 1 && places >= 0 ? value.toFixed(places).replace(/^(-?)0\./, '$1.') : '';
  return rounded.length <= characters ? withMinus(rounded) : '';
}

/** A number with at most `digits` significant digits, for legends and messages. */
export function briefNumber(value: number, digits = 4): string {
  const special = nonFiniteText(value);
  if (special !== undefined) return special;
  return withMinus(trimmed(String(Number(value.toPrecision(digits)))));
}
