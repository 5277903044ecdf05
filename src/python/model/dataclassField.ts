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
export function describedField(value: Value): DescribedField | undefined {
  if (value.kind !== 'dict' || !value.entries.has('s:__field__')) return undefined;
  const given = (name: string): Value | undefined => value.entries.get(`s:${name}`)?.[1];
  const [init, keyword] = ['init', 'kw_only'].map((name) => given(name));
  return {
    factory: given('default_factory'),
    initial: given('default'),
    init: init?.kind !== 'bool' || init.value,
    keyword: keyword?.kind === 'bool' && keyword.value,
  };
}

interface DescribedField {
  readonly factory?: Value;
  readonly initial?: Value;
  /** Whether the constructor takes it at all, and whether by keyword alone. */
  readonly init: boolean;
  readonly keyword: boolean;
}
