import type { Interpreter } from '../evaluate/interpreter';
import { keyOfValue, unknown } from '../model/make';
import type { Value } from '../model/value';

/** What the program has told libraries so far, as one text. */
export function settingsOf({ settings }: Interpreter): string {
  let told = '';
  for (const [name, value] of settings) told += `${name}=${keyOfValue(value) ?? '?'},`;
  return told;
}

export type Settings = ReadonlyMap<string, Value>;

export const differing = (one: Settings, other: Settings): string[] =>
  [...one].filter(([name, value]) => value !== other.get(name)).map(([name]) => name);

export const withUnknown = (settings: Settings, names: Iterable<string>): Settings =>
  new Map([...settings, ...[...names].map((name) => [name, unknown()] as const)]);

/** What is run next does not go on where the last entry stopped. */
export function restart(machine: Interpreter, settings: Settings): void {
  for (const [name, value] of settings) machine.settings.set(name, value);
}
