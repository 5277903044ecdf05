import { isKnown, type Size } from '../sizes/size';
import { iterate } from './iterate';
import type { Bound, Plain } from './library';
import type { Machine } from './machine';
import type { TensorValue } from './tensor';
import { truthOf } from './truth';
import type { Value } from './value';

/** Arguments that a signature has bound, read with a machine's eyes. */
export class BoundArguments implements Bound {
  constructor(
    private readonly machine: Machine,
    readonly values: ReadonlyMap<string, Value>,
    /** Tells whether the call itself gave an argument; without it, it gave none. */
    private readonly given?: Pick<Bound, 'isGiven'>,
    /** The layer, when all its arguments are plain and are those that it was made with. */
    private readonly layer?: Plain,
  ) {}

  isGiven(name: string): boolean {
    return this.given?.isGiven(name) ?? false;
  }

  get isPlain(): boolean {
    return this.layer !== undefined;
  }

  once<T>(what: string, make: () => T): T {
    return this.layer ? this.layer.once(what, make) : make();
  }

  get(name: string): Value | undefined {
    return this.values.get(name);
  }

  isNone(name: string): boolean {
    const value = this.values.get(name);
    return value === undefined || value.kind === 'none';
  }

  size(name: string): Size {
    return this.machine.sizeOf(this.values.get(name), name);
  }

  int(name: string): number | undefined {
    const size = this.machine.knownSize(this.values.get(name));
    return size !== undefined && isKnown(size) ? size : undefined;
  }

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

  items(name: string): readonly Value[] | undefined {
    const value = this.values.get(name);
    return value && iterate(value);
  }
}
