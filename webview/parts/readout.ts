import type { Strings } from '../../src/protocol/strings';
import { make, setHidden, setText } from '../dom';
import type { Received } from '../../src/protocol/panel';
import type { Actions, Computed, Link, Part } from '../model';
import { readoutWords, WRITTEN } from '../state/readoutWords';
import { elementsOf, fromHost, fromSight } from '../state/values';

/**
 * The sum behind the cell under the pointer or the cursor. Its place is there even when it is empty, so that nothing
 * below it moves.
 */
export function createReadout(actions: Actions, strings: Strings): Part {
  const text = make('output', { 'aria-live': 'polite' });
  const pinned = make('span', { class: 'badge' }, strings.pinned);
  const element = make('section', { class: 'readout', 'aria-label': strings.readout }, text, pinned);
  let link: Link | undefined;
  let computed: Computed | undefined;
  let received: Received | undefined;

  const say = (at: Parameters<typeof readoutWords>[2], of: Link, by: Computed): void => {
    setText(text, readoutWords(of, by, at, by.head.biasShape !== undefined, strings));
  };

  return {
    element,
    update(model) {
      setHidden(pinned, model.link?.pinned !== true);
      if (model.link === link && model.computed === computed && model.received === received) return;
      ({ link, computed, received } = model);
      if (!link || !computed || !received) {
        setText(text, strings.readoutHint);
        return;
      }
      const [of, by, values] = [link, computed, received];
      const wanted = elementsOf(of, by, WRITTEN);
      const here = fromSight(wanted, by, values.sight);
      if (here) {
        say(here, of, by);
        return;
      }
      fromHost(wanted, by, (tensor, indices) => actions.host.values(tensor, indices)).then(
        (at) => {
          if (link === of && computed === by && received === values) say(at, of, by);
        },
        (error: unknown) => actions.announce(String(error)),
      );
    },
  };
}
