import { BoundArguments } from '../model/bound';
import type { Machine } from '../model/machine';
import { FAILED } from '../model/make';
import type { Arguments, CallPlace, LayerValue, Value } from '../model/value';

/** Runs a library's layer on values. */
export function applyLayer(machine: Machine, layer: LayerValue, args: Arguments, at: CallPlace): Value {
  if (layer.failed || args.positional.some((value) => value.kind === 'unknown' && value.failed === true)) return FAILED;
  // What is found belongs to the entry point that runs, wherever the layer was made.
  const site = layer.site && machine.recorder.site(layer.site.call, layer.site);
  const here = site === layer.site ? layer : { ...layer, site };
  return layer.spec.apply({
    machine,
    at,
    args,
    layer: here,
    bound: new BoundArguments(machine, layer.parameters, noneGiven),
  });
}

/** An application has no arguments of the construction. */
const noneGiven = (): boolean => false;
