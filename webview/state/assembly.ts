import type { PanelNews, PanelUpdate } from '../../src/protocol/panel';
import { type News, sightOf } from '../../src/protocol/news';

/**
 * Makes whole updates of news, in the order in which they arrive: what of the values was left out is what was there
 * before. `lost` asks for everything again, should news ever be told against what has not arrived.
 */
export function createAssembly(lost: () => void): (news: PanelNews) => PanelUpdate {
  let last: News | undefined;
  return ({ received, ...rest }) => {
    if (!received) return rest;
    const sight = sightOf(last, received.sight);
    if (!sight) {
      lost();
      return rest;
    }
    last = sight;
    return { ...rest, received: { head: received.head, sight } };
  };
}
