import type { ElementOf } from '../../src/core/explain/readout';
import type { Received } from '../../src/protocol/panel';
import type { Actions, Computed, Link, Model } from '../model';
import { elementsOf, fromHost, fromSight } from './values';

/** What is pointed at, with the values that take part in it. */
export interface Pointed {
  readonly link: Link;
  readonly computed: Computed;
  readonly at: ElementOf;
}

/**
 * Finds the values of what is pointed at, of its first `limit` products: those on show, else the host's. `tell` is
 * called again only when something has changed, with nothing when nothing is pointed at. An answer that comes too late
 * is dropped.
 */
export function followLink(
  actions: Actions,
  limit: number,
  tell: (pointed: Pointed | undefined) => void,
): (model: Model) => void {
  let link: Link | undefined;
  let computed: Computed | undefined;
  let received: Received | undefined;
  let told = false;
  return (model) => {
    if (told && model.link === link && model.computed === computed && model.received === received) return;
    told = true;
    ({ link, computed, received } = model);
    if (!link || !computed || !received) {
      tell(undefined);
      return;
    }
    const [of, by, values] = [link, computed, received];
    const wanted = elementsOf(of, by, limit);
    const here = fromSight(wanted, by, values.sight);
    if (here) {
      tell({ link: of, computed: by, at: here });
      return;
    }
    fromHost(wanted, by, (tensor, indices) => actions.host.values(tensor, indices)).then(
      (at) => {
        if (link === of && computed === by && received === values) tell({ link: of, computed: by, at });
      },
      (error: unknown) => actions.announce(String(error)),
    );
  };
}
