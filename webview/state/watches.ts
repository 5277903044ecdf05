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
    planes: [...requests.values()],
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
