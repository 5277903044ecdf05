/**
 * Changes of single members in the text of a JSON object. What is not changed stays as it was written: the order of the
 * keys, the spaces, the numbers as someone typed them, and members that nobody here knows.
 */

interface Member {
  readonly key: string;
  /** Where its key begins. */
  readonly from: number;
  readonly valueFrom: number;
  /** Where its value ends. */
  readonly to: number;
}

const SPACE = /[ \t\r\n]*/y;
const SCALAR = /[^,\]} \t\r\n]*/y;

function skip(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  pattern.test(text);
  return pattern.lastIndex;
}

function endOfText(text: string, at: number): number {
  for (let next = at + 1; ; next++) {
    if (text[next] === '\\') next++;
    else if (text[next] === '"') return next + 1;
  }
}

function endOfValue(text: string, at: number): number {
  if (text[at] === '"') return endOfText(text, at);
  if (text[at] !== '{' && text[at] !== '[') return skip(SCALAR, text, at);
  for (let depth = 0, next = at; ; next++) {
    const sign = text[next];
    if (sign === '"') next = endOfText(text, next) - 1;
    else if (sign === '{' || sign === '[') depth++;
    else if ((sign === '}' || sign === ']') && --depth === 0) return next + 1;
  }
}

/** The members of the object in a text that `JSON.parse` takes, in their order. */
function membersOf(text: string): readonly Member[] {
  const members: Member[] = [];
  let at = skip(SPACE, text, text.indexOf('{') + 1);
  while (text[at] === '"') {
    const from = at;
    const keyEnd = endOfText(text, from);
    const valueFrom = skip(SPACE, text, skip(SPACE, text, keyEnd) + 1);
    const to = endOfValue(text, valueFrom);
    members.push({ key: JSON.parse(text.slice(from, keyEnd)) as string, from, valueFrom, to });
    at = skip(SPACE, text, skip(SPACE, text, to) + 1);
  }
  return members;
}

/** Whether two values that JSON has are the same, whatever the order of their keys. */
function isSame(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  const [one, other] = [Object.entries(a), new Map(Object.entries(b))];
  return (
    Array.isArray(a) === Array.isArray(b) &&
    one.length === other.size &&
    one.every(([key, value]) => other.has(key) && isSame(value, other.get(key)))
  );
}

const isSameText = (a: string, b: string): boolean => a === b || isSame(JSON.parse(a), JSON.parse(b));

/** The text of a member's value as it stands; of several with one key the last, which is the one that counts. */
export function memberText(text: string, key: string): string | undefined {
  const member = membersOf(text).findLast((each) => each.key === key);
  return member && text.slice(member.valueFrom, member.to);
}

/**
 * The text with these values for its members; `undefined` is for a member that shall not be there. A new one is put
 * behind the one before it in this list.
 */
export function withMembers(
  text: string,
  values: readonly (readonly [key: string, value: string | undefined])[],
): string {
  let made = text;
  values.forEach(([key, value], at) => {
    const members = membersOf(made);
    const here = members.findLast((each) => each.key === key);
    if (here && value !== undefined) {
      if (!isSameText(made.slice(here.valueFrom, here.to), value)) {
        made = made.slice(0, here.valueFrom) + value + made.slice(here.to);
      }
    } else if (here) made = without(made, members, key);
    else if (value !== undefined) {
      const before = values.slice(0, at).map(([name]) => name);
      made = withNew(
        made,
        members,
        members.findLast((each) => before.includes(each.key)) ?? members.at(-1),
        key,
        value,
      );
    }
  });
  return made;
}

function without(text: string, members: readonly Member[], key: string): string {
  const left = members.filter((each) => each.key !== key);
  if (left.length === 0) return '{}';
  let made = text;
  for (let at = members.length - 1; at >= 0; at--) {
    if (members[at].key !== key) continue;
    // With the comma before it, or, where it is the first, with the one behind it.
    const [from, to] = at > 0 ? [members[at - 1].to, members[at].to] : [members[0].from, members[1].from];
    made = made.slice(0, from) + made.slice(to);
  }
  return made;
}

function withNew(
  text: string,
  members: readonly Member[],
  after: Member | undefined,
  key: string,
  value: string,
): string {
  if (!after) return `{ ${JSON.stringify(key)}: ${value} }`;
  const index = members.indexOf(after);
  const begin = index > 0 ? members[index - 1].to : text.indexOf('{') + 1;
  // What stands between the one before and its key, but for the comma: the indentation.
  const space = text.slice(begin, after.from).replace(',', '');
  return `${text.slice(0, after.to)},${space}${JSON.stringify(key)}: ${value}${text.slice(after.to)}`;
}
