import type { PlaneRequest } from '../../src/core/tensor/plane';
import type { Watch } from '../../src/core/tensor/look';

/** What all parts together show, sent only when it differs from what was sent before. */
export interface Watches {
  set(key: string, request: PlaneRequest | undefined): void;
  current(statistics: Watch['statistics']): Watch;
  /** The new watch, or nothing when it is as it was. */
  changed(statistics: Watch['statistics']): Watch | undefined;
}

export function collectWatches(): Watches {
  const requests = new Map<string, PlaneRequest>();
  let sent = '';
  const current = (statistics: Watch['statistics']): Watch => ({
    // Statistics of a plane are those of the first one of its tensor: what is sampled is no plane that is looked at.
    planes: [...requests.values()].sort((one, other) => Number(one.sampled ?? false) - Number(other.sampled ?? false)),
    whole: ['input', 'weight', 'bias', 'output'],
    statistics,
  });
  return {
    current,
    set(key, request) {
      if (request) requests.set(key, { ...request, key });
      else requests.delete(key);
    },
    changed(statistics) {
      const watch = current(statistics);
      const text = JSON.stringify(watch);
      if (text === sent) return undefined;
      sent = text;
      return watch;
    },
  };
}
