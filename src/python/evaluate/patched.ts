import type { Machine } from '../model/machine';
import type { Value } from '../model/value';

/** What a program puts in the place of a library's own holds for the whole process, as the library's settings do. */
const key = (machine: Machine, owner: string, name: string): string =>
  `=${machine.library.canonical(`${owner}.${name}`)}`;

/** `F.relu = mine` */
export function patch(machine: Machine, owner: string, name: string, value: Value): void {
  const original = machine.library.attribute(owner, name);
  const same = value.kind === 'external' && original.kind === 'external' && value.name === original.name;
  const known = machine.settings.has(key(machine, owner, name));
  // What is put back is there again; what was never taken away stays unwritten.
  if (!same || known) machine.setVariable(machine.settings, key(machine, owner, name), same ? original : value);
}

/** What stands in the place of a library's own now. */
export function patched(machine: Machine, owner: string, name: string): Value | undefined {
  if (machine.settings.size <= machine.library.settings.size) return undefined;
  return machine.settings.get(key(machine, owner, name));
}

/** What runs when a layer is called, and the methods that it is made of. */
const RUNNING = ['forward', '__call__', '_call_impl', '_conv_forward'];

/** Whether a program has put something in the place of what runs when a library's layer is called. */
export const isRunPatched = (machine: Machine, callee: string): boolean =>
  machine.settings.size > machine.library.settings.size &&
  [callee, 'torch.nn.Module'].some((owner) =>
    RUNNING.some((name) => (patched(machine, owner, name)?.kind ?? 'external') !== 'external'),
  );
