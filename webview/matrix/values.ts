import type { TensorName } from '../../src/core/tensor/plane';
import type { Sight } from '../../src/core/tensor/look';
import type { Remote } from '../../src/protocol/rpc';
import type { PanelHostApi } from '../../src/protocol/panel';

/**
 * Elements of tensors by flat index. They come from tensors that the page has as a whole, or are asked of the host,
 * those of a frame together.
 */
export interface Values {
  /** The element, or nothing while it is on its way; `onArrival` says when to look again. */
  at(tensor: TensorName, flat: number): number | undefined;
  /** All elements of the tensor, where they are here. */
  whole(tensor: TensorName): ArrayLike<number> | undefined;
  /** All of these, asked of the host where they are not here. */
  all(tensor: TensorName, flats: readonly number[]): Promise<ArrayLike<number>>;
  /**
   * The values have changed. Known ones stay until the host has sent them again, which it is asked to when they are
   * next looked at.
   */
  renew(sight: Sight): void;
  /** Asks for everything that was looked at and is not known. Call once a frame. */
  request(): void;
}

interface Store {
  whole: ArrayLike<number> | undefined;
  readonly known: Map<number, number>;
  readonly fresh: Set<number>;
  readonly missing: Set<number>;
}

/** With more remembered elements of one tensor than this, those of windows that have been left are forgotten. */
const MOST_KNOWN = 65_536;

export function createValues(host: Pick<Remote<PanelHostApi>, 'values'>, onArrival: () => void): Values {
  const stores = new Map<TensorName, Store>();
  let age = 0;

  const storeOf = (tensor: TensorName): Store => {
    const found = stores.get(tensor) ?? {
      whole: undefined,
      known: new Map<number, number>(),
      fresh: new Set<number>(),
      missing: new Set<number>(),
    };
    stores.set(tensor, found);
    return found;
  };

  const ask = async (tensor: TensorName, store: Store): Promise<void> => {
    const indices = [...store.missing];
    store.missing.clear();
    const asked = age;
    // Marked now, so that frames drawn meanwhile do not ask again.
    for (const flat of indices) store.fresh.add(flat);
    try {
      const values = await host.values(tensor, Float64Array.from(indices));
      if (asked !== age) return;
      if (store.known.size > MOST_KNOWN) store.known.clear();
      indices.forEach((flat, at) => store.known.set(flat, values[at]));
      onArrival();
    } catch {
      // The host refuses indices of a document that has changed since; its update renews everything.
      if (asked === age) for (const flat of indices) store.fresh.delete(flat);
    }
  };

  return {
    at(tensor, flat) {
      const store = storeOf(tensor);
      if (store.whole) return store.whole[flat];
      if (!store.fresh.has(flat)) store.missing.add(flat);
      return store.known.get(flat);
    },
    whole: (tensor) => storeOf(tensor).whole,
    async all(tensor, flats) {
      const { whole } = storeOf(tensor);
      return whole ? flats.map((flat) => whole[flat]) : host.values(tensor, Float64Array.from(flats));
    },
    renew(sight) {
      age++;
      for (const tensor of ['input', 'weight', 'output'] as const) {
        const store = storeOf(tensor);
        store.whole = sight.whole.find((each) => each.tensor === tensor)?.values;
        store.fresh.clear();
        store.missing.clear();
      }
    },
    request() {
      for (const [tensor, store] of stores) if (store.missing.size > 0) void ask(tensor, store);
    },
  };
}
