import { Bound } from '../model/bound';
import { FAILED } from '../model/make';
import type { Arguments, CallPlace, LayerValue, Value } from '../model/value';
import type { Interpreter } from './interpreter';

/** Runs a library's layer on values. */
export function applyLayer(machine: Interpreter, layer: LayerValue, args: Arguments, at: CallPlace): Value {
  if (layer.failed || args.positional.some((value) => value.kind === 'unknown' && value.failed === true)) return FAILED;
  // What is found belongs to the entry point that runs, wherever the layer was made.
  const site = layer.site && machine.findings.site(layer.site.call, layer.site);
  const here = site === layer.site ? layer : { ...layer, site };
  return layer.spec.apply({
    machine,
    at,
    args,
    layer: here,
    bound: new Bound(machine, layer.parameters, NOTHING_GIVEN),
  });
}

const NOTHING_GIVEN: ReadonlySet<string> = new Set();
