import { dict, string } from './make';
import type { Arguments, Value } from './value';

/**
 * What `dataclasses.field(…)` gives: a dictionary of its arguments with a mark, since a class body holds values and
 * knows no kind of them that is only a description.
 */
export const fieldDescription = (args: Arguments): Value =>
  dict([
    [string('__field__'), string('')] as const,
    ...[...args.keywords].map(([name, value]) => [string(name), value] as const),
  ]);

/** How a described field begins; `undefined` for any other value. */
export function describedField(value: Value): { readonly factory?: Value; readonly initial?: Value } | undefined {
  if (value.kind !== 'dict' || !value.entries.has('s:__field__')) return undefined;
  return { factory: value.entries.get('s:default_factory')?.[1], initial: value.entries.get('s:default')?.[1] };
}
