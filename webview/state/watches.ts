import { SMALL, type Watch } from '../../src/core/tensor/look';
import { isWorthBrief } from '../../src/core/tensor/packed';
import type { PlaneRequest, TensorName } from '../../src/core/tensor/plane';
import { elementCount } from '../../src/core/tensor/tensor';
import type { DocumentHead } from '../../src/protocol/panel';

/** What all parts together show, sent only when it differs from what was sent before. */
export interface Watches {
  set(key: string, request: PlaneRequest | undefined): void;
  current(statistics: Watch['statistics']): Watch;
  /**
   * What will be shown after an edit that makes other shapes, by these requests. It counts as sent: it goes with the
   * edit, so that one answer carries the values and the windows through which they are seen. Until `settle`, what is
   * shown on the way there is no news.
   */
  expect(planes: readonly PlaneRequest[], statistics: Watch['statistics']): Watch;
  /** Large tensors are wanted whole, too, from now on, and cells that are too small to be read with their values. */
  wantWhole(): void;
  /** Nothing is on its way any more: what is shown now is what is watched. */
  settle(): void;
  /** The new watch, or nothing when it is as it was. */
  changed(statistics: Watch['statistics']): Watch | undefined;
}

/**
 * Statistics of a plane are those of the first one of its tensor, and what is sampled is no plane that is looked at.
 * Equal watches are equal texts, in whatever order their parts were asked.
 */
const inOrder = (planes: readonly PlaneRequest[]): readonly PlaneRequest[] =>
  planes.toSorted(
    (one, other) =>
      Number(one.sampled ?? false) - Number(other.sampled ?? false) ||
      Number(one.key > other.key) - Number(one.key < other.key),
  );

const ALL: Watch['whole'] = ['input', 'weight', 'bias', 'output'];

/** Of these shapes, the tensors that are as quickly sent as what is seen of them. */
function small({ inputShape, weightShape }: Pick<DocumentHead, 'inputShape' | 'weightShape'>): Watch['whole'] {
  const counts: Readonly<Partial<Record<TensorName, number>>> = {
    input: elementCount(inputShape),
    weight: elementCount(weightShape),
  };
  return ALL.filter((name) => (counts[name] ?? 0) <= SMALL);
}

/** `head`: the document that a page opens with. */
export function collectWatches(head: Pick<DocumentHead, 'inputShape' | 'weightShape'>): Watches {
  const requests = new Map<string, PlaneRequest>();
  let sent = '';
  /** What is on show until the edits that are on their way are answered. */
  const passing = new Set<string>();
  let whole = small(head);
  /** Until the first picture is there. */
  let isBrief = true;
  const watchOf = (planes: Iterable<PlaneRequest>, statistics: Watch['statistics']): Watch => ({
    planes: inOrder(Array.from(planes, (each) => (isBrief && isWorthBrief(each) ? { ...each, brief: true } : each))),
    whole,
    statistics,
  });
  const current = (statistics: Watch['statistics']): Watch => watchOf(requests.values(), statistics);
  return {
    current,
    set(key, request) {
      if (request) requests.set(key, { ...request, key });
      else requests.delete(key);
    },
    expect(planes, statistics) {
      passing.add(JSON.stringify(current(statistics)));
      const watch = watchOf(planes, statistics);
      sent = JSON.stringify(watch);
      passing.add(sent);
      return watch;
    },
    wantWhole() {
      whole = ALL;
      isBrief = false;
    },
    settle() {
      passing.clear();
    },
    changed(statistics) {
      const watch = current(statistics);
      const text = JSON.stringify(watch);
      if (text === sent || passing.has(text)) return undefined;
      sent = text;
      return watch;
    },
  };
}
