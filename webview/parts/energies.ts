import type { GridName } from '../gridName';
import type { Actions, Model } from '../model';
import type { ChannelStrip } from '../state/channelStrip';

/** While values change quickly they are not asked for each time, in ms. */
const PAUSE_MS = 250;

/** How much energy each channel has, asked of the host when values have changed. */
export interface Energies {
  /** What is known, which may be of values a moment ago; nothing until any have come. */
  of(model: Model, strip: ChannelStrip): Float64Array | undefined;
}

/** `changed` is called when others have come. */
export function createEnergies(name: GridName, actions: Actions, changed: () => void): Energies {
  let known: Float64Array | undefined;
  let asked = '';
  let timer: ReturnType<typeof setTimeout> | undefined;

  return {
    of({ received, computed }, { before, count }) {
      const revision = name === 'output' ? computed?.head.revision : received?.head.revision;
      const wanted = [revision, before.join(), count].join(' ');
      if (wanted !== asked) {
        asked = wanted;
        clearTimeout(timer);
        timer = setTimeout(
          () => {
            actions.host.energies(name, before).then(
              (energies) => {
                if (wanted !== asked) return;
                known = energies;
                changed();
              },
              (error: unknown) => actions.announce(String(error)),
            );
          },
          known === undefined ? 0 : PAUSE_MS,
        );
      }
      return known;
    },
  };
}
