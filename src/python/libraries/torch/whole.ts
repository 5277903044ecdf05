import { type Problem, problem } from '../../../core/problem';
import type { Bound } from '../../model/library';
import type { Value } from '../../model/value';
import { isKnown } from '../../sizes/size';

const FIELDS: Readonly<Record<string, Problem['field']>> = {
  stride: 'stride',
  padding: 'padding',
  dilation: 'dilation',
  output_padding: 'outputPadding',
  groups: 'groups',
};

const isFloat = (value: Value | undefined): boolean => value?.kind === 'number' && value.float && isKnown(value.size);

/** Where in a list, or as a single number, a float stands; `undefined`: nowhere, as far as is known. */
function floatAt(bound: Bound, name: string): number | undefined {
  const value = bound.get(name);
  if (isFloat(value)) return 0;
  const at = value && (value.kind === 'list' || value.kind === 'tuple') ? value.items.findIndex(isFloat) : -1;
  return at < 0 ? undefined : at;
}

function notWhole(bound: Bound, name: string, at: number, framework: string | undefined): Problem {
  const value = bound.get(name)!;
  const number = value.kind === 'list' || value.kind === 'tuple' ? value.items[at] : value;
  const size = number.kind === 'number' && isKnown(number.size) ? number.size : NaN;
  return problem({
    code: 'not-whole',
    field: FIELDS[name] ?? 'weight',
    template: '{0} is {1}, a float; PyTorch takes whole numbers only.',
    args: [name, Number.isInteger(size) ? `${size}.0` : size],
    framework,
  });
}

/** Of the sizes that a constructor hands to `torch.empty` the first float is refused, in one of two wordings. */
const emptyRefuses = (place: number): string =>
  place === 0
    ? "empty(): argument 'size' (position 1) must be tuple of ints, but found element of type float at pos 0"
    : `empty(): argument 'size' failed to unpack the object at pos ${place + 1} with error "type must be tuple of ints,but got float"`;

/** Floats among the sizes of the weight, in the order in which the weight has them (torch/nn/modules/conv.py, 2.15). */
export function weightNotWhole(bound: Bound, sizes: readonly (readonly string[])[]): readonly Problem[] {
  for (const [place, names] of sizes.entries())
    for (const name of names) {
      const at = floatAt(bound, name);
      if (at !== undefined) return [notWhole(bound, name, at, emptyRefuses(place + at))];
    }
  return [];
}

const SETTINGS = ['stride', 'padding', 'output_padding', 'groups', 'dilation'];

/**
 * Floats among what a convolution is called with: a call of the functional, or of the layer, fails. `callee`: the name
 * of the functional; `ofLayer`: its layer hands it everything as tuples and by position.
 */
export function settingsNotWhole(bound: Bound, callee: string, ofLayer: boolean): readonly Problem[] {
  for (const [index, name] of SETTINGS.entries()) {
    const at = bound.get(name) && floatAt(bound, name);
    if (at === undefined) continue;
    if (at > 0)
      return [
        notWhole(
          bound,
          name,
          at,
          `${callee}(): argument '${name}' failed to unpack the object at pos ${at + 1} with error "type must be tuple of ints,but got float"`,
        ),
      ];
    // The plain function has two forms, so that Python's words name none of the arguments.
    const words = !callee.includes('transpose')
      ? `${callee}() received an invalid combination of arguments`
      : ofLayer
        ? `${callee}(): argument '${name}' (position ${index + 4}) must be tuple of ints, but found element of type float at pos 0`
        : undefined;
    return [notWhole(bound, name, at, words)];
  }
  return [];
}
