import type { Interpreter } from '../evaluate/interpreter';
import { iterate } from './iterate';
import { truthOf } from './truth';
import { type Size, isKnown } from '../sizes/size';
import type { TensorValue } from './tensor';
import type { Value } from './value';

/**
 * Bound arguments, read as what the callee takes them for. A reader answers `undefined` when the value cannot be told.
 */
export class Bound {
  constructor(
    private readonly machine: Interpreter,
    readonly values: ReadonlyMap<string, Value>,
    /** Names that the call itself gave. */
    readonly given: ReadonlySet<string>,
  ) {}

  get(name: string): Value | undefined {
    return this.values.get(name);
  }

  isNone(name: string): boolean {
    const value = this.values.get(name);
    return value === undefined || value.kind === 'none';
  }

  /** A size; what is not known becomes a symbol of that name. */
  size(name: string): Size {
    return this.machine.sizeOf(this.values.get(name), name);
  }

  int(name: string): number | undefined {
    const size = this.machine.knownSize(this.values.get(name));
    return size !== undefined && isKnown(size) ? size : undefined;
  }

  /** One entry per axis: a single number stands for all of them. */
  sizes(name: string, count: number): Size[] | undefined {
    return this.machine.sizesOf(this.values.get(name), count, name);
  }

  flag(name: string): boolean | undefined {
    const value = this.values.get(name);
    return value && truthOf(value);
  }

  text(name: string): string | undefined {
    const value = this.values.get(name);
    return value?.kind === 'string' ? value.value : undefined;
  }

  tensor(name: string): TensorValue | undefined {
    const value = this.values.get(name);
    return value && this.machine.asTensor(value);
  }

  /** Every value of a list or tuple, when all are known. */
  items(name: string): readonly Value[] | undefined {
    const value = this.values.get(name);
    return value && iterate(value);
  }
}
