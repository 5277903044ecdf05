import type { LayerApplied } from '../../model/library';
import { unknown } from '../../model/make';
import type { Value } from '../../model/value';

/** What a layer of PyTorch is applied to. */
export const inputOf = (call: LayerApplied): Value =>
  call.args.positional[0] ?? call.args.keywords.get('input') ?? unknown();
