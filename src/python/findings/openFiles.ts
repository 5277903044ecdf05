import type { Machine } from '../model/machine';
import { string, unknown } from '../model/make';
import type { Arguments, CallPlace, UnknownValue, Value } from '../model/value';

/** What stands in a file of data that a program has opened to read. */
const opened = new WeakMap<Value, string>();

export const openedText = (value: Value): string | undefined => opened.get(value);
export const isOpened = (value: Value): boolean => opened.has(value);

const WRITES = /[wax+]/;

/** `open(path)`, `path.open()`: a file of data that can be read, or something of which nothing is known. */
export function openFile(machine: Machine, path: Value | undefined, args: Arguments, at: CallPlace): Value {
  const [given] = args.positional;
  const mode = given ?? args.keywords.get('mode');
  if (path?.kind !== 'string') return unknown();
  if (mode && (mode.kind !== 'string' || WRITES.test(mode.value))) {
    machine.modules.wrote(path.value);
    return unknown();
  }
  const text = machine.modules.data(at.chunk?.path ?? machine.path, path.value);
  if (text === undefined) return unknown();
  const file = unknown();
  opened.set(file, text);
  return file;
}

/** What `file.read()` gives of a file that was opened. */
export function readAll(method: UnknownValue, { positional }: Arguments): Value | undefined {
  const { parent } = method;
  const text = parent && opened.get(parent);
  const isRead = text !== undefined && parent?.members?.get('read') === method;
  return isRead && positional.length === 0 ? string(text) : undefined;
}
