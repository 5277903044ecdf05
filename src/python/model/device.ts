import type { Machine } from './machine';
import { fixedUnknown } from './make';
import type { UnknownValue, Value } from './value';

interface Device {
  readonly itself: UnknownValue;
  readonly text: UnknownValue;
}

const devices = new WeakMap<Machine, Device>();

function known(machine: Machine): Device {
  let found = devices.get(machine);
  if (!found) devices.set(machine, (found = { itself: fixedUnknown('device'), text: fixedUnknown('device') }));
  return found;
}

/**
 * Where the tensors of a program are. Nobody knows where, but that it is one place: what is kept by it, as grids are by
 * `(str(x.device), str(x.shape))`, is found again. Of tensors in several places only the places would differ.
 */
export const deviceOf = (machine: Machine): UnknownValue => known(machine).itself;

/** `str(x.device)` */
export const deviceText = (machine: Machine, value: Value): UnknownValue | undefined =>
  value === devices.get(machine)?.itself ? known(machine).text : undefined;
