import type { LayerApplied } from '../../model/library';
import { number } from '../../model/make';
import type { Value } from '../../model/value';
import { isKnown } from '../../sizes/size';

/** A lazy layer takes its width from its first input, and is from then on a layer like others. */
export function keepWidth({ machine, layer }: LayerApplied, name: string, input: Value, axis: number): void {
  const width = input.kind === 'tensor' ? input.cell.shape?.at(axis) : undefined;
  // Of an example the size holds for this run only, and who calls next may bring another.
  if (width !== undefined && isKnown(width) && !layer.attributes.has(name))
    machine.setVariable(layer.attributes, name, number(width));
}
