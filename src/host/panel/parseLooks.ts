import { type Checked, check, Door } from '../../core/door';
import type { LookChoice } from '../../protocol/panel';

/** A menu is shorter than this, and so are its lines. */
const MOST_LOOKS = 100;
const LONGEST = 200;

/** Checks what a page says of the ways to look at its document. */
export function parseLooks(message: unknown): Checked<readonly LookChoice[]> {
  return check(() =>
    new Door(message, 'looks').items(MOST_LOOKS).map((each) => {
      const text = (name: string): string => each.at(name).text(LONGEST);
      const on = each.optional('on', (door) => door.boolean());
      return { id: text('id'), group: text('group'), label: text('label'), ...(on === undefined ? {} : { on }) };
    }),
  );
}
