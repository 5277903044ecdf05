import { deriveSize, type SizeDerivation, type TermName } from '../../../src/core/derive/size';
import type { Plan } from '../../../src/core/plan';
import type { Strings } from '../../../src/protocol/strings';
import type { Film, Frame, Room } from '../../film/film';
import { drawHeadline, HEADLINE } from './headline';
import { LEDGER } from './ledger';
import { drawPaddings } from './paddings';
import { createSheet, type TermArea } from './sheet';
import { drawConv } from './sizeConv';
import { drawTransposed } from './sizeTransposed';
import { sizeNumbers, sizeSentence } from './sizeWords';

/** Narrower than this, names stand nowhere and the ledger stands underneath. */
const WIDE = 620;
const NAMES = 132;

/** A frame that knows where its terms are. */
export interface SizeFrame extends Frame {
  readonly areas: readonly TermArea[];
}

/** The size formula of one axis: step 0 is all of it, the others are its terms in order. */
export interface SizeFilm extends Film {
  readonly derived: SizeDerivation;
  termOf(step: number): TermName | undefined;
  /** @param pointed the term that is pointed at; the rest fades */
  sizeFrame(step: number, room: Room, pointed?: TermName): SizeFrame;
}

export function sizeFilm(plan: Plan, axis: number, strings: Strings): SizeFilm {
  const derived = deriveSize(plan.kind, plan.axes[axis]);
  const { terms, kind } = derived;
  const termOf = (step: number): TermName | undefined => terms[Math.min(step, terms.length) - 1]?.name;
  const sizeFrame = (step: number, room: Room, pointed?: TermName): SizeFrame => {
    const now = termOf(step);
    const told = now === undefined ? undefined : terms.slice(0, Math.min(step, terms.length)).map(({ name }) => name);
    const sheet = createSheet(told, pointed);
    const wide = room.width >= WIDE;
    const left = wide ? NAMES : 10;
    drawHeadline(sheet, derived, room.width - 8, pointed ?? now);
    const width = Math.max(120, room.width - left - (wide ? LEDGER + 20 : 14));
    const place = { left, top: HEADLINE + 8, width, ledger: wide ? left + width + 16 : undefined };
    let bottom = (kind === 'conv' ? drawConv : drawTransposed)(sheet, derived, place, strings);
    if (kind === 'convTranspose')
      ({ bottom } = drawPaddings(sheet, plan.axes[axis], bottom + 22, room.width - 8, strings));
    const right = Math.max(...sheet.shapes.map((shape) => (shape.kind === 'rect' ? shape.x + shape.width : 0)));
    return {
      scene: { width: Math.max(right + 4, room.width - 8), height: bottom + 6, shapes: sheet.shapes },
      areas: sheet.areas,
      sentence: sizeSentence(derived, pointed ?? now, strings),
      numbers: sizeNumbers(derived),
    };
  };
  return {
    derived,
    termOf,
    sizeFrame,
    phases: [{ title: strings.sizeWhole, steps: [''] }, ...terms.map(({ symbol }) => ({ title: symbol, steps: [''] }))],
    frame: (step, room) => sizeFrame(step, room),
  };
}
