import { arithmetic, type Arithmetic, type ArithmeticFault } from '../../src/core/formats/arithmetic';
import type { Dtype } from '../../src/core/operation';
import { format } from '../../src/core/problem';
import { lostIn } from '../../src/core/tensor/precision';
import type { Strings } from '../../src/protocol/strings';

/** What was typed as a value, or why it is none, in the user's words. */
export type Typed<Value = number> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly message: string };

const BOOLEANS: Readonly<Record<string, number>> = { true: 1, True: 1, false: 0, False: 0 };

function read(text: string): Arithmetic {
  const word = text.trim();
  return Object.hasOwn(BOOLEANS, word) ? { ok: true, value: BOOLEANS[word] } : arithmetic(word);
}

export function faultWords({ code, at }: ArithmeticFault, text: string, strings: Strings): string {
  // Of a text that is no arithmetic at all, there is nothing more to say.
  const whole = at === text.trim() && !/[-+*/^(]/.test(at);
  if (whole && code !== 'undefined') return format(strings.cellNotANumber, [at]);
  const words: Readonly<Record<ArithmeticFault['code'], string>> = {
    ends: strings.arithmeticEnds,
    name: strings.arithmeticName,
    unexpected: strings.arithmeticUnexpected,
    bracket: strings.arithmeticBracket,
    arguments: strings.arithmeticArguments,
    undefined: strings.arithmeticUndefined,
    long: strings.arithmeticLong,
  };
  return format(words[code], [at]);
}

/** A number or arithmetic, with a decimal comma or point; undefined when it is neither. */
export function typedNumber(text: string): number | undefined {
  const found = read(text);
  return found.ok ? found.value : undefined;
}

/** What was typed into a cell of this type. What the type cannot hold is refused, not made infinite or 0. */
export function typedValue(text: string, dtype: Dtype, strings: Strings): Typed {
  const found = read(text);
  if (!found.ok) return { ok: false, message: faultWords(found.fault, text, strings) };
  const lost = lostIn(found.value, dtype);
  if (lost) {
    const template = lost === 'large' ? strings.tooLargeForFloat32 : strings.tooSmallForFloat32;
    return { ok: false, message: format(template, [text.trim()]) };
  }
  return found;
}

/** Red, green and blue as typed into one colour cell: three values with semicolons, commas or blanks between. */
export function typedColour(text: string, dtype: Dtype, strings: Strings): Typed<readonly number[]> {
  const parts = text.trim().split(/\s*;\s*|\s*,\s+|\s+/);
  const found = (parts.length === 1 ? text.trim().split(',') : parts).map((part) => typedValue(part, dtype, strings));
  if (found.length !== 3) return { ok: false, message: strings.cellNotAColour };
  const wrong = found.find((each) => !each.ok);
  return wrong ?? { ok: true, value: found.flatMap((each) => (each.ok ? [each.value] : [])) };
}

/** A whole number as typed into a size or a parameter. A comma may group thousands there, and is refused. */
export function typedWhole(text: string, strings: Strings): Typed {
  const found = arithmetic(text.trim(), false);
  if (!found.ok && /^[^-+*/^(=]*$/.test(text.trim())) return { ok: false, message: strings.notANumber };
  if (!found.ok) return { ok: false, message: faultWords(found.fault, text, strings) };
  if (Number.isSafeInteger(found.value)) return found;
  return { ok: false, message: strings.notANumber };
}
