import type { PanelNews, PanelUpdate } from '../../src/protocol/panel';
import { type Held, heldAfter } from '../../src/protocol/news';

/**
 * Makes whole updates of news, in the order in which they arrive: what of the values was left out is what was there
 * before. `lost` asks for everything again, should news ever be told against what has not arrived.
 */
export function createAssembly(lost: () => void): (news: PanelNews) => PanelUpdate {
  let held: Held | undefined;
  return ({ received, ...rest }) => {
    if (!received) return rest;
    const next = heldAfter(held, received.sight);
    if (!next) {
      lost();
      return rest;
    }
    held = next;
    return { ...rest, received: { head: received.head, sight: next.sight } };
  };
}
