import { FALSE, NONE, TRUE, number, string, tuple } from './make';
import type { Signature } from './library';
import type { Arguments, Value } from './value';

/**
 * Reads a signature as the framework's documentation prints it: `in_channels, kernel_size, stride=1, bias=True`.
 * `*name` collects positional values, a bare `*` makes the rest keyword-only, a final `**` accepts further keywords.
 */
export function signature(text: string): Signature {
  const names: string[] = [];
  const defaults = new Map<string, Value>();
  let rest: string | undefined;
  let positional: number | undefined;
  let lenient = false;
  for (const part of text.split(/,\s*(?![^(]*\))/).map((each) => each.trim())) {
    if (part === '') continue;
    if (part === '**') lenient = true;
    else if (part.startsWith('*')) {
      positional = names.length;
      rest = part.slice(1) || undefined;
    } else {
      const [name, initial] = part.split('=');
      names.push(name);
      if (initial !== undefined) defaults.set(name, readDefault(initial));
    }
  }
  return { names, defaults, rest, positional: positional ?? names.length, lenient };
}

function readDefault(text: string): Value {
  if (text === 'None') return NONE;
  if (text === 'True') return TRUE;
  if (text === 'False') return FALSE;
  if (text.startsWith("'")) return string(text.slice(1, -1));
  if (text.startsWith('('))
    return tuple(
      text
        .slice(1, -1)
        .split(',')
        .filter((each) => each.trim() !== '')
        .map((each) => number(Number(each))),
    );
  return number(Number(text), /[.e]/.test(text));
}

/** Values by position and keyword under the names of a signature. `undefined`: the call does not fit it. */
export function bind(
  form: Signature,
  args: Arguments,
): { readonly values: Map<string, Value>; readonly given: ReadonlySet<string>; readonly misfit?: string } {
  const values = new Map(form.defaults);
  const given = new Set<string>();
  let misfit: string | undefined;
  const direct = args.positional.slice(0, form.positional);
  direct.forEach((value, index) => {
    values.set(form.names[index], value);
    given.add(form.names[index]);
  });
  if (form.rest !== undefined)
    values.set(form.rest, { kind: 'tuple', items: args.positional.slice(form.positional), open: args.open });
  else if (args.positional.length > form.positional)
    misfit = `takes ${form.positional} positional arguments but ${args.positional.length} were given`;
  for (const [name, value] of args.keywords) {
    if (given.has(name)) misfit = `got multiple values for argument '${name}'`;
    else if (!form.names.includes(name) && name !== form.rest && !form.lenient)
      misfit = `got an unexpected keyword argument '${name}'`;
    values.set(name, value);
    given.add(name);
  }
  if (args.open) {
    // What an unknown *args or **kwargs gives may replace any default.
    for (const name of form.names) if (!given.has(name)) values.delete(name);
  } else if (!misfit) {
    const missing = form.names.find((name) => !values.has(name));
    if (missing !== undefined) misfit = `missing a required argument: '${missing}'`;
  }
  return { values, given, misfit };
}
