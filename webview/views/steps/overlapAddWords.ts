import { landing } from '../../../src/core/derive/overlapAdd';
import { contributionsAlong, emptyOutputs, isEven, tapsPerResidue } from '../../../src/core/explain/overlap';
import { cellName, flatIndex } from '../../../src/core/explain/readout';
import { format } from '../../../src/core/problem';
import { marked, run, wordsOf } from '../../drawing/words';
import type { Words } from '../../drawing/scene';
import type { Frame, Table } from '../../film/film';
import { brief, plus, rangeName, same, signed, unflat } from '../../film/naming';
import { type At, placeChanged, tagOf, type Told } from './stamping';

/** Where a stamp lands, named as the output is, also where it is cropped later. */
export function landsOn({ subject, derived }: Told, index: number): string {
  const from = plus(
    derived.stamps[index].origin.map((place, axis) => place - derived.crop[axis]),
    subject.outputOrigin,
  );
  return rangeName(
    from,
    subject.plan.axes.map(({ extent }) => extent),
  );
}

/** What a step says, in words and in numbers. */
export function sentencesOf(
  told: Told,
  at: At,
  followed: readonly number[] | undefined,
): Pick<Frame, 'sentence' | 'numbers'> {
  const { subject, derived, from, onto, texts } = told;
  const { stamps, canvas, crop } = derived;
  if (at.kind === 'crop')
    return {
      sentence: wordsOf(texts.sayCrop),
      numbers: wordsOf(texts.numbersCrop, [canvas.join('×'), subject.plan.outputShape.slice(2).join('×')]),
    };
  if (at.kind === 'start' && texts.start) return texts.start();
  if (at.kind !== 'stamp') return texts.result(followed);
  const stamp = stamps[at.stamp];
  const value = brief(stamp.value);
  const sentence = wordsOf(texts.sayStamp, [at.stamp + 1, value]);
  const stamped = format(texts.numbersStamp, [
    from.name(stamp.input),
    value,
    signed(stamp.value),
    landsOn(told, at.stamp),
  ]);
  const place = followed ?? placeChanged(told, at.stamp);
  if (at.within < 2 || !place) return { sentence, numbers: wordsOf(stamped) };
  const flat = flatIndex(canvas, plus(place, crop));
  const tap = landing(derived, stamp, subject).indexOf(flat);
  if (tap < 0) return { sentence, numbers: wordsOf(stamped) };
  const added = format(texts.numbersAdd, [
    onto.name(place),
    brief(derived.after(at.stamp)[flat]),
    signed(stamp.value),
    signed(subject.weight.data[tap]),
    brief(derived.after(at.stamp + 1)[flat]),
  ]);
  return { sentence, numbers: wordsOf(`${stamped}; ${added}`) };
}

/** Every stamp that reaches an output, with the total as it grows. */
export function runningTotal(told: Told, place: readonly number[], done: number): Table {
  const { subject, derived, strings, from, onto } = told;
  const flat = flatIndex(derived.canvas, plus(place, derived.crop));
  const reaching = derived.stamps.flatMap((stamp, index) => {
    const tap = landing(derived, stamp, subject).indexOf(flat);
    return tap < 0 ? [] : [{ stamp, index, tap }];
  });
  const kernel = subject.plan.weightShape.slice(2);
  const final = reaching.every(({ index }) => index < done);
  const sum = marked(tagOf(onto), brief(derived.after(done)[flat]));
  return {
    title: format(strings.stampsReaching, [onto.name(place)]),
    head: [strings.stamp, from.title, strings.tap, strings.adds, strings.total],
    rows: reaching.map(({ stamp, index, tap }) => ({
      now: index === done - 1,
      cells: [
        [run(index + 1)],
        wordsOf(marked(tagOf(from), `${from.name(stamp.input)} ${brief(stamp.value)}`)),
        wordsOf(`<k>${cellName('w', unflat(kernel, tap))} ${brief(subject.weight.data[tap])}</k>`),
        [run(brief(stamp.products[tap]), index < done ? 'ink' : 'faint')],
        [run(index < done ? brief(derived.after(index + 1)[flat]) : '', onto.tensor, true)],
      ],
    })),
    note: final ? wordsOf(strings.allLanded, [sum]) : undefined,
  };
}

/** A map of more columns than this has no room at the side. */
const MOST_COLUMNS = 12;

/**
 * How many stamps reach each output, as a map; on the way back, how many outputs read each input. Only of all of a
 * plane, since a window lacks those from outside.
 */
export function overlapMap(told: Told, followed: readonly number[] | undefined): Table | undefined {
  const { subject, strings, onto } = told;
  const { plan, whole } = subject;
  const isBack = onto.tensor === 'input';
  // Padding that is folded back reads inputs more than once.
  if (onto.within) return undefined;
  const sizes = plan.outputShape.slice(2);
  const [rows, columns] = [1, ...sizes].slice(-2);
  if (!whole || plan.rank > 2 || columns > MOST_COLUMNS || rows > MOST_COLUMNS) return undefined;
  const along = plan.axes.map((_, axis) => contributionsAlong(plan, axis));
  const [down, across] = plan.rank === 1 ? [[1], along[0]] : along;
  const taps = plan.axes.map(({ kernel, stride, dilation }) => tapsPerResidue(kernel, stride, dilation));
  const empty = emptyOutputs(plan);
  const counts = taps.reduce<readonly number[]>((all, axis) => all.flatMap((one) => axis.map((two) => one * two)), [1]);
  const byTurns = [...new Set(counts)].sort((one, other) => one - other).join(', ');
  const [even, uneven, holes] = isBack
    ? [strings.readingEven, strings.readingUneven, strings.readingHoles]
    : [strings.mapEven, strings.mapUneven, strings.mapHoles];
  const byResidue = taps.every(isEven) ? wordsOf(even) : wordsOf(uneven, [byTurns]);
  const note: Words = empty > 0 ? wordsOf(holes, [empty]) : byResidue;
  return {
    title: isBack ? strings.readingMap : strings.overlapMap,
    rows: down.map((inRow, row) => ({
      cells: across.map((inColumn, column): Words => {
        const isFollowed = same(followed, plan.rank === 1 ? [column] : [row, column]);
        return [run(inRow * inColumn, isFollowed ? onto.tensor : 'ink', isFollowed)];
      }),
    })),
    note,
  };
}
