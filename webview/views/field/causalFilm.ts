import { type Causal, type CausalChunk, causalOf } from '../../../src/core/derive/causal';
import type { Subject } from '../../../src/core/derive/subject';
import type { Cell } from '../../../src/core/explain/contributions';
import type { Plan } from '../../../src/core/plan';
import { format } from '../../../src/core/problem';
import type { Strings } from '../../../src/protocol/strings';
import { drawGrid, sizeOfGrid } from '../../drawing/gridFigure';
import type { CellLook } from '../../drawing/gridFigure';
import type { Ink, Scene, Shape, Words } from '../../drawing/scene';
import { run, wordsOf } from '../../drawing/words';
import type { Film, FilmPart, Focus, Room, Table } from '../../film/film';
import { largestCell, leastCell } from '../../film/layout';
import { brief } from '../../film/naming';
import { SAMPLES_A_SECOND } from './ratesWords';

/** Inputs of a chunk. */
const CHUNK = 4;
const LARGEST = 40;
const GAP = 16;
/** What is not played yet. */
const TO_COME = 0.38;

type At = { readonly kind: 'whole' } | { readonly kind: 'chunk'; readonly chunk: number } | { readonly kind: 'same' };

interface Told {
  readonly subject: Subject;
  readonly strings: Strings;
  readonly causal: Causal;
  readonly stride: number;
}

/** A row of numbers: a signal, or sums that stand where they belong in it. */
interface Strip {
  readonly key: string;
  readonly title: string;
  readonly ink: Ink;
  readonly values: readonly number[];
  /** Where its first value stands, in cells of the output. */
  readonly from: number;
  readonly tensor?: Cell['tensor'];
  readonly look?: (at: number) => CellLook;
}

const rangeOf = (first: number, count: number): string => (count === 1 ? `${first}` : `${first}..${first + count - 1}`);

function stripsOf({ causal, strings, subject, stride }: Told, at: At, focus: Focus): readonly Strip[] {
  const { stamped, whole, chunks } = causal;
  const input = [...subject.input.data];
  const current = at.kind === 'chunk' ? chunks[at.chunk] : undefined;
  const lit = (tensor: Cell['tensor'], place: number): Partial<CellLook> => ({
    ring: focus.isLit(tensor, [place]) ? (tensor === 'input' ? 'input' : 'output') : undefined,
    heavy: focus.followed(tensor)?.[0] === place,
  });
  const inputs: Strip = {
    key: 'in',
    title: strings.causalInput,
    ink: 'input',
    values: input,
    from: 0,
    tensor: 'input',
    look: (place) => ({
      value: input[place],
      fill: current && place >= current.first && place < current.first + current.count ? 'input-strong' : 'input-tint',
      ...lit('input', place),
    }),
  };
  const played = at.kind === 'chunk' ? (chunks[at.chunk].first + chunks[at.chunk].count) * stride : whole.length;
  const result: Strip = {
    key: 'out',
    title: strings.causalPlayed,
    ink: 'output',
    values: whole,
    from: 0,
    look: (place) => ({
      value: whole[place],
      fill: current && place >= current.first * stride && place < played ? 'output-strong' : 'output-tint',
      opacity: place < played ? undefined : TO_COME,
    }),
  };
  const all: Strip = {
    key: 'all',
    title: strings.causalStamped,
    ink: 'output',
    values: stamped,
    from: 0,
    look: (place) => ({
      value: stamped[place],
      fill: place < whole.length ? 'output-tint' : undefined,
      hatched: place >= whole.length,
    }),
  };
  if (!current) return [inputs, all, result];
  const start = current.first * stride;
  const tinted =
    (fill: Ink, values: readonly number[], strong = 0) =>
    (place: number): CellLook => ({ value: values[place], fill: place < strong ? 'output-strong' : fill });
  const strip = (key: string, title: string, values: readonly number[], from: number, strong = 0): readonly Strip[] =>
    values.length === 0
      ? []
      : [{ key, title, ink: 'kernel', values, from, look: tinted('kernel-tint', values, strong) }];
  return [
    inputs,
    ...strip('before', strings.causalCarried, current.incoming, start),
    ...strip('sums', strings.causalSummed, current.summed, start, current.out.length),
    result,
  ];
}

/** Strips under one another, each where it stands in the output. */
function sceneOf(told: Told, at: At, room: Room, focus: Focus): Scene {
  const strips = stripsOf(told, at, focus);
  const width = Math.max(...strips.map(({ values, from }) => from + values.length));
  const heightOf = (cell: number): number =>
    strips.length * (sizeOfGrid({ shape: [1], cell, origin: [0] }).height + GAP) + 8;
  const cell = Math.max(
    leastCell(1, room),
    largestCell(room, LARGEST, (size) => ({ width: width * size + 12, height: heightOf(size) })),
  );
  const shapes: Shape[] = [];
  let y = 4;
  for (const { key, title, ink, values, from, tensor, look } of strips) {
    const figure = drawGrid({
      key,
      shape: [values.length],
      x: 6 + from * cell,
      y,
      cell,
      title: [run(title, ink, true)],
      ink,
      origin: [from],
      tensor,
      look: (place) => look?.(place[0]) ?? { value: values[place[0]] },
    });
    shapes.push(...figure.shapes);
    y += figure.height + GAP;
  }
  return { width: width * cell + 12, height: y, shapes };
}

function chunkWords(told: Told, chunk: CausalChunk, index: number): readonly [Words, Words] {
  const { causal, strings, stride } = told;
  const isLast = index === causal.chunks.length - 1;
  const say = isLast ? strings.causalSayLast : index === 0 ? strings.causalSayFirst : strings.causalSayChunk;
  const args = isLast || index === 0 ? [chunk.out.length] : [index + 1, chunk.out.length];
  const carried = chunk.outgoing.length === 0 ? strings.causalNothing : chunk.outgoing.map(brief).join(', ');
  return [
    wordsOf(say, args),
    wordsOf(strings.causalNumbersChunk, [
      rangeOf(chunk.first, chunk.count),
      rangeOf(chunk.first * stride, chunk.out.length),
      isLast ? strings.causalNothing : carried,
    ]),
  ];
}

function sentencesOf(told: Told, at: At): readonly [Words, Words] {
  const { causal, strings } = told;
  const { stamped, whole, trimmed, chunks, difference } = causal;
  if (at.kind === 'whole')
    return [
      trimmed.length > 0 ? wordsOf(strings.causalSayWhole, [trimmed.length]) : wordsOf(strings.causalSayHoles),
      wordsOf(strings.causalNumbersWhole, [stamped.length, whole.length]),
    ];
  if (at.kind === 'same')
    return [wordsOf(strings.causalSaySame), wordsOf(strings.causalNumbersSame, [brief(difference), whole.length])];
  return chunkWords(told, chunks[at.chunk], at.chunk);
}

function tablesOf({ causal, strings, subject, stride }: Told): readonly Table[] {
  const carried = causal.trimmed.length;
  const milliseconds = (1000 * carried) / (SAMPLES_A_SECOND * stride);
  const prose = (title: string, text: string): Table => ({ title, rows: [], note: wordsOf(text) });
  const state = format(strings.causalStateText, [carried, brief(milliseconds), SAMPLES_A_SECOND]);
  const bias = subject.bias === undefined ? '' : ` ${strings.causalBias}`;
  return [prose(strings.causalState, `${state}${bias}`)];
}

/** A transposed convolution of a signal without padding, trimmed at the end: whole, and chunk by chunk. */
export function causalFilm(subject: Subject, layer: Plan, strings: Strings): Film {
  const [{ stride, dilation }] = layer.axes;
  const causal = causalOf([...subject.input.data], [...subject.weight.data], stride, dilation, CHUNK);
  const told: Told = { subject, strings, causal, stride };
  const steps: readonly At[] = [
    { kind: 'whole' },
    ...causal.chunks.map((_, chunk): At => ({ kind: 'chunk', chunk })),
    { kind: 'same' },
  ];
  return {
    phases: steps.map((at) => ({
      title:
        at.kind === 'whole'
          ? strings.causalWhole
          : at.kind === 'same'
            ? strings.causalSame
            : format(strings.causalChunk, [at.chunk + 1]),
      steps: [''],
    })),
    frame(step, room, focus) {
      const at = steps[step];
      const [sentence, numbers] = sentencesOf(told, at);
      return { scene: sceneOf(told, at, room, focus), sentence, numbers, tables: tablesOf(told) };
    },
  };
}

export const causalPart = (strings: Strings): FilmPart => ({
  id: 'causal',
  title: strings.causalTitle,
  hint: strings.causalHint,
  film: (subject, layer) => causalFilm(subject, layer, strings),
});
