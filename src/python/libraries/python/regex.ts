import type { Applied, FunctionSpec } from '../../model/library';
import { plainObject } from '../../model/plainObject';
import { builtin, knownInt, list, NONE, number, string, tuple, unknown } from '../../model/make';
import { signature } from '../../model/signature';
import type { Value } from '../../model/value';

/** Longer patterns and texts are left alone: what is looked for so in a network is a word of its description. */
const LONGEST = 200;
/** A pattern with more endless repetitions could take longer than the text is worth. */
const MOST_REPEATED = 3;
/** What JavaScript reads as Python does, in texts of plain characters. */
const ALIKE =
  /^(?:[ -'*-.0->@-Z\]^-}]|\/|\?(?![<P#])|\[(?:[^\]\\[]|\\[dwsDWS.\-[\]/])+\]|\\[dwsDWSbB.\-+*?()[\]{}^$|/]|\((?:\?:)?|\))*$/;
const REPEATED = /[*+]|\{\d*,\}/g;

/** The pattern as JavaScript has it; nothing where the two may differ, or where it might never end. */
function compiled(pattern: string, flags = ''): RegExp | undefined {
  if (pattern.length > LONGEST || !ALIKE.test(pattern)) return undefined;
  // Repetitions of what repeats itself take a time that doubles with each character.
  if (/\)[*+{]/.test(pattern) || (pattern.match(REPEATED)?.length ?? 0) > MOST_REPEATED) return undefined;
  try {
    return new RegExp(pattern, flags);
  } catch {
    return undefined;
  }
}

const isPlain = (text: string): boolean => text.length <= LONGEST && !/[^ -~]/.test(text);
const orNone = (text: string | undefined): Value => (text === undefined ? NONE : string(text));

/** What `match` and its like give for a match. */
function matchOf(found: RegExpExecArray): Value {
  const groups = tuple(found.slice(1).map(orNone));
  const group = (index: Value | undefined): Value => {
    const at = index === undefined ? 0 : knownInt(index);
    return at === undefined || at >= found.length ? unknown() : orNone(found[at]);
  };
  return plainObject('re.Match', {
    group: builtin('group', (_machine, { positional }) =>
      positional.length > 1 ? tuple(positional.map(group)) : group(positional[0]),
    ),
    groups: builtin('groups', (_machine, { positional }) => (positional.length > 0 ? unknown() : groups)),
    start: builtin('start', (_machine, { positional }) => (positional.length > 0 ? unknown() : number(found.index))),
    end: builtin('end', (_machine, { positional }) =>
      positional.length > 0 ? unknown() : number(found.index + found[0].length),
    ),
  });
}

/** What each function gives for a pattern and a text, both known. */
const RULES: Readonly<Record<string, (pattern: string, text: string) => Value | undefined>> = {
  match: (pattern, text) => searched(`^(?:${pattern})`, pattern, text),
  fullmatch: (pattern, text) => searched(`^(?:${pattern})$`, pattern, text),
  search: (pattern, text) => searched(pattern, pattern, text),
  findall(pattern, text) {
    const found = compiled(pattern, 'g');
    if (!found) return undefined;
    const all = [...text.matchAll(found)];
    return list(
      all.map((each) =>
        each.length === 1
          ? string(each[0])
          : each.length === 2
            ? string(each[1] ?? '')
            : tuple(each.slice(1).map((group) => string(group ?? ''))),
      ),
    );
  },
  split(pattern, text) {
    const found = compiled(pattern, 'g');
    if (!found) return undefined;
    const parts: Value[] = [];
    let from = 0;
    for (const each of text.matchAll(found)) {
      // Of an empty match the two languages make different things.
      if (each[0] === '') return undefined;
      parts.push(string(text.slice(from, each.index)), ...each.slice(1).map(orNone));
      from = each.index + each[0].length;
    }
    return list([...parts, string(text.slice(from))]);
  },
};

function searched(whole: string, pattern: string, text: string): Value | undefined {
  if (!compiled(pattern)) return undefined;
  const found = new RegExp(whole).exec(text);
  return found ? matchOf(found) : NONE;
}

function apply(name: string, pattern: Value | undefined, text: Value | undefined): Value {
  if (pattern?.kind !== 'string' || text?.kind !== 'string' || !isPlain(text.value)) return unknown();
  return RULES[name](pattern.value, text.value) ?? unknown();
}

function replaced(pattern: Value | undefined, by: Value | undefined, text: Value | undefined): Value {
  if (pattern?.kind !== 'string' || by?.kind !== 'string' || text?.kind !== 'string') return unknown();
  if (!isPlain(text.value) || /[\\$]/.test(by.value)) return unknown();
  const found = compiled(pattern.value, 'g');
  return found ? string(text.value.replace(found, by.value)) : unknown();
}

const func = (name: string, form: string, rule: (call: Applied) => Value): FunctionSpec => ({
  callee: `re.${name}`,
  framework: 'torch',
  signature: signature(form),
  apply: rule,
});

/** Python's regular expressions, as far as JavaScript has the same. */
export const regexFunctions: readonly FunctionSpec[] = [
  ...Object.keys(RULES).map((name) =>
    func(name, 'pattern, string, **', ({ bound }) => apply(name, bound.get('pattern'), bound.get('string'))),
  ),
  func('sub', 'pattern, repl, string, **', ({ bound }) =>
    replaced(bound.get('pattern'), bound.get('repl'), bound.get('string')),
  ),
  func('compile', 'pattern, **', ({ bound }) => {
    const pattern = bound.get('pattern');
    return plainObject('re.Pattern', {
      pattern: pattern ?? unknown(),
      ...Object.fromEntries(
        Object.keys(RULES).map((name) => [
          name,
          builtin(name, (_machine, { positional, keywords }) =>
            positional.length === 1 && keywords.size === 0 ? apply(name, pattern, positional[0]) : unknown(),
          ),
        ]),
      ),
      sub: builtin('sub', (_machine, { positional, keywords }) =>
        positional.length === 2 && keywords.size === 0 ? replaced(pattern, positional[0], positional[1]) : unknown(),
      ),
    });
  }),
];
