import { bool, builtin, number, unknown } from '../model/make';
import type { NumberValue, Value } from '../model/value';
import { isKnown } from '../sizes/size';

/** What Python's own numbers have. */
export function numberAttribute(object: NumberValue, name: string): Value {
  const { size, float } = object;
  switch (name) {
    case 'item':
    case 'tolist':
    case '__index__':
      return builtin(name, () => ({ ...object, scalar: undefined }));
    case '__int__':
    case '__trunc__':
      return isKnown(size) ? builtin(name, () => number(Math.trunc(size))) : unknown(name);
    case 'is_integer':
      return builtin(name, () => (isKnown(size) ? bool(Number.isInteger(size)) : unknown()));
    case 'bit_length':
      return builtin(name, () => (isKnown(size) && !float ? number(Math.abs(size).toString(2).length) : unknown()));
    // A member of an enumeration that is a number is kept as the number.
    case 'value':
    case 'real':
      return object;
    case 'numerator':
      return float ? unknown(name) : object;
    default:
      return unknown(name);
  }
}
