import { isKnown } from '../sizes/size';
import { FALSE, TRUE, unknown } from './make';
import { knownData } from './tensor';
import type { Value } from './value';

/**
 * What is not known of a library may be a flag: a name in capitals that is no layer's (`HAS_CUDA`, but `nn.GELU`), a
 * switch of a backend. Its functions, classes and modules are true.
 */
const mayBeFlag = (name: string): boolean =>
  /(?:^|\.)_?[A-Z][A-Z0-9_]*$/.test(name)
    ? !/(?:^|\.)(?:nn|nnx|layers|linen|haiku|equinox)\.(?:modules\.(?:\w+\.)?)?[A-Z]+$/.test(name)
    : /^(?:torch\.backends|sys\.flags|os\.environ$)/.test(name);

/** What `bool(value)` gives, when the analysis can tell. */
export function truthOf(value: Value): boolean | undefined {
  switch (value.kind) {
    case 'bool':
      return value.value;
    case 'none':
      return false;
    case 'number':
      return isKnown(value.size) ? value.size !== 0 : undefined;
    case 'string':
      return value.value !== '';
    case 'list':
    case 'tuple':
    case 'set':
      return value.items.length > 0 ? true : value.open ? undefined : false;
    case 'dict':
      return value.entries.size > 0 ? true : value.open ? undefined : false;
    case 'container':
      return value.items.length > 0 ? true : value.open ? undefined : false;
    case 'range':
      return isKnown(value.start) && isKnown(value.stop) ? (value.stop - value.start) * value.step > 0 : undefined;
    case 'choice': {
      const truths = value.options.map((option) => truthOf(option));
      return truths.every((each) => each === truths[0]) ? truths[0] : undefined;
    }
    case 'unknown':
      return value.truth;
    case 'tensor': {
      const held = knownData(value);
      return held?.kind === 'number' || held?.kind === 'bool' ? truthOf(held) : undefined;
    }
    case 'shape':
      return undefined;
    case 'instance':
      if (value.native?.kind === 'container' || value.native?.kind === 'dict') return truthOf(value.native);
      return value.cls.order.some(
        (each) => each.kind === 'class' && ['__bool__', '__len__'].some((name) => each.members.has(name)),
      )
        ? undefined
        : true;
    case 'slice':
    case 'ellipsis':
    case 'layer':
    case 'class':
    case 'function':
    case 'method':
    case 'builtin':
    case 'partial':
    case 'super':
    case 'module':
      return true;
    case 'external':
      return mayBeFlag(value.name) ? undefined : true;
    default:
      return value satisfies never;
  }
}

/** A truth as Python's value. */
export const truthValue = (value: boolean | undefined): Value =>
  value === undefined ? unknown() : value ? TRUE : FALSE;
