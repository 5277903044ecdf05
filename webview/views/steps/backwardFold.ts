import type { Backward, Fold } from '../../../src/core/derive/backward';
import type { Subject } from '../../../src/core/derive/subject';
import { cellName, flatIndex } from '../../../src/core/explain/readout';
import type { Strings } from '../../../src/protocol/strings';
import { drawGrid, sizeOfGrid } from '../../drawing/gridFigure';
import { run, wordsOf } from '../../drawing/words';
import type { Focus, Frame, Room } from '../../film/film';
import { largestCell, signOf } from '../../film/layout';
import { brief, plus, unflat } from '../../film/naming';

interface Folding {
  readonly subject: Subject;
  readonly back: Backward;
  readonly folds: readonly Fold[];
  readonly strings: Strings;
}

const GAP = 40;

/** The gradient of the padded input, and what is left when the padding's part is added to what it repeats. */
export function foldFrame(folding: Folding, isResult: boolean, room: Room, focus: Focus): Frame {
  const { subject, back, folds, strings } = folding;
  const { transposed, gradient } = back;
  const padded = transposed.plan.outputShape.slice(2);
  const sizes = subject.plan.inputShape.slice(2);
  const origin = sizes.map(() => 0);
  const isNarrow = room.width < 520 || subject.plan.rank === 1;
  const cell = largestCell({ width: room.width - 8, height: room.height - 8 }, 56, (size) => {
    const [one, two] = [padded, sizes].map((shape) => sizeOfGrid({ shape, cell: size, origin }));
    return isNarrow
      ? { width: Math.max(one.width, two.width), height: one.height + GAP + two.height }
      : { width: one.width + GAP + two.width, height: Math.max(one.height, two.height) };
  });
  const followed = focus.followed('input');
  const followedFlat = followed && flatIndex(sizes, followed);
  const before = drawGrid({
    key: 'padded',
    shape: padded,
    x: 4,
    y: 0,
    cell,
    origin: transposed.outputOrigin,
    tensor: 'input',
    placeOf: (place) => unflat(sizes, folds[flatIndex(padded, place)].onto),
    ink: 'input',
    title: wordsOf(`<i>${strings.gradientOfPadded}</i>`),
    look: (_, flat) => {
      const { onto } = folds[flat];
      const isOwn = ownPlace(folding, unflat(sizes, onto)) === flat;
      return {
        value: transposed.part.data[flat],
        fill: isOwn ? 'input-tint' : undefined,
        ring: onto === followedFlat ? 'input' : undefined,
        heavy: isOwn,
      };
    },
  });
  const x = isNarrow ? 4 : 4 + before.width + GAP;
  const y = isNarrow ? before.height + GAP : 0;
  const after = drawGrid({
    key: 'folded',
    shape: sizes,
    x,
    y,
    cell,
    origin: subject.inputOrigin,
    tensor: 'input',
    ink: 'input',
    title: wordsOf(`<i>${strings.gradientOfInput}</i>`),
    look: (place, flat) => {
      const { own, padding } = partsOf(folding, place);
      return {
        value: gradient.data[flat],
        fill: padding === undefined ? 'input-tint' : 'input-strong',
        below:
          padding === undefined || isResult ? undefined : [run(`${brief(own)}+`), run(brief(padding), 'input', true)],
        ring: flat === followedFlat ? 'input' : undefined,
        heavy: true,
      };
    },
  });
  const signs = isNarrow ? [] : [signOf('→', 4 + before.width + GAP / 2 + 4, before.height / 2)];
  return {
    scene: {
      width: Math.max(before.width, x + after.width) + 8,
      height: Math.max(before.height, y + after.height) + 4,
      shapes: [...before.shapes, ...signs, ...after.shapes],
    },
    sentence: wordsOf(isResult ? strings.sayBackward : strings.sayFold),
    numbers: numbersOf(folding, isResult, followed),
  };
}

/** An element's own place in the padded gradient, as a flat index; −1 where negative padding has cut it away. */
function ownPlace({ subject, back }: Folding, place: readonly number[]): number {
  const padded = back.transposed.plan.outputShape.slice(2);
  const at = place.map((index, axis) => index + subject.plan.axes[axis].padBegin);
  return at.every((index, axis) => index >= 0 && index < padded[axis]) ? flatIndex(padded, at) : -1;
}

/** What was stamped on an element itself, and on the padding that repeats it, if any does. */
function partsOf(folding: Folding, place: readonly number[]): { readonly own: number; readonly padding?: number } {
  const { data } = folding.back.transposed.part;
  const [own, flat] = [ownPlace(folding, place), flatIndex(folding.subject.plan.inputShape.slice(2), place)];
  const images = folding.folds.filter(({ from, onto }) => onto === flat && from !== own);
  return {
    own: own < 0 ? 0 : data[own],
    padding: images.length > 0 ? images.reduce((sum, { from }) => sum + data[from], 0) : undefined,
  };
}

function numbersOf(folding: Folding, isResult: boolean, followed: readonly number[] | undefined): Frame['numbers'] {
  const { subject, back, folds, strings } = folding;
  const sizes = subject.plan.inputShape.slice(2);
  // Where none is followed, an element that the padding repeats.
  const repeated = folds.find(({ from, onto }) => from !== ownPlace(folding, unflat(sizes, onto)));
  const place = followed ?? (isResult ? sizes.map(() => 0) : unflat(sizes, repeated?.onto ?? 0));
  const value = brief(back.gradient.data[flatIndex(sizes, place)]);
  const name = cellName('∂in', plus(place, subject.inputOrigin));
  if (isResult) return wordsOf(strings.numbersBackward, [name, value]);
  const { own, padding } = partsOf(folding, place);
  return padding === undefined
    ? wordsOf(strings.numbersFoldAlone, [name, value])
    : wordsOf(strings.numbersFold, [name, brief(own), brief(padding), value]);
}
