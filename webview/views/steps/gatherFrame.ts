import type { Gathered, Read } from '../../../src/core/derive/gathering';
import { type CellLook, drawGrid, type Figure } from '../../drawing/gridFigure';
import type { Shape, Words } from '../../drawing/scene';
import { marked, wordsOf } from '../../drawing/words';
import type { Focus, Frame, Room } from '../../film/film';
import { signOf } from '../../film/layout';
import { brief, same, unflat } from '../../film/naming';
import { type Grid, gatherPlaces } from './gatherLayout';
import { type GatherAt, gatherSentences, gatherTable, type GatherTold } from './gatherWords';
import { moving } from './moving';
import { drawPadded, paddedOf, windowShapes } from './paddedInput';

const LATER = 0.38;

/** One step: what is under each tap, times the taps, summed up to one output. */
export function gatherFrame(told: GatherTold, at: GatherAt, room: Room, focus: Focus): Frame {
  const { subject, outputs, strings } = told;
  const { plan } = subject;
  const kernel = plan.weightShape.slice(2);
  const outputShape = plan.outputShape.slice(2);
  const shapesOf: Readonly<Record<Grid, readonly number[]>> = {
    input: paddedOf(subject).shape,
    reads: kernel,
    kernel,
    products: kernel,
    output: outputShape,
  };
  const places = gatherPlaces(shapesOf, room);
  const index = at.kind === 'output' ? at.output : outputs.length - 1;
  const gathered = outputs[index];
  const within = at.kind === 'output' ? at.within : 2;
  const isOver = at.kind === 'result';
  const shapes: Shape[] = [];

  const input = inputFigure(told, gathered, places.at.input, places.cell, focus);
  shapes.push(...input.shapes);
  if (plan.kind === 'conv' && !isOver)
    shapes.push(...windowOn(input, gathered, within === 0 ? outputs[index - 1] : undefined, places.cell));

  const grid = (name: Grid, title: Words, look: (read: Read, flat: number) => CellLook, later: boolean): Figure =>
    drawGrid({
      key: name,
      shape: kernel,
      x: places.at[name][0],
      y: places.at[name][1],
      cell: places.cell,
      origin: kernel.map(() => 0),
      tensor: 'weight',
      ink: name === 'reads' ? 'input' : 'kernel',
      title,
      look: (_, flat) => {
        const cell = look(gathered.reads[flat], flat);
        return later ? { opacity: LATER } : cell;
      },
    });
  const isFollowed = (flat: number): boolean => same(focus.followed('weight'), unflat(kernel, flat));
  const reads = grid(
    'reads',
    wordsOf(`<i>${plan.kind === 'conv' ? strings.underWindow : strings.underTaps}</i>`),
    (read) => readLook(read),
    isOver,
  );
  const fetched = (cell: string): readonly [number, number] | undefined => {
    const flat = cell.split(',').reduce((all, each, axis) => all * kernel[axis] + Number(each), 0);
    const { place, lies } = gathered.reads[flat];
    if (lies === 'between' || lies === 'outside') return undefined;
    const [fromX, fromY] = input.at(place);
    const [toX, toY] = reads.at(unflat(kernel, flat));
    return [fromX - toX, fromY - toY];
  };
  shapes.push(...(within === 0 && !isOver ? moving(reads.shapes, 'reads', fetched) : reads.shapes));
  const kernelFigure = grid(
    'kernel',
    wordsOf(`<k>${strings.kernel}</k>`),
    (read, flat) => ({
      value: subject.weight.data[flat],
      fill: read.input && !isOver ? 'kernel-strong' : 'kernel-tint',
      dim: !read.input && !isOver,
      ring: isFollowed(flat) ? 'kernel' : undefined,
      heavy: true,
    }),
    false,
  );
  const products = grid(
    'products',
    wordsOf(`<k>${strings.products}</k>`),
    (read, flat) =>
      read.input
        ? {
            value: read.product,
            fill: read.product === 0 ? 'kernel-tint' : 'kernel-strong',
            dim: read.product === 0,
            below: wordsOf(`${marked('i', brief(read.value))}·${marked('k', brief(subject.weight.data[flat]))}`),
            ring: isFollowed(flat) ? 'kernel' : undefined,
            heavy: true,
          }
        : readLook(read),
    within === 0 || isOver,
  );
  shapes.push(...kernelFigure.shapes, ...products.shapes, ...signs(places.at, reads, kernelFigure, products));
  shapes.push(...outputShapes(told, at, index, within, places, focus));
  return {
    scene: { width: places.width, height: places.height, shapes },
    ...gatherSentences(told, at, focus.followed('output')),
    cell: at.kind === 'output' ? { tensor: 'output', index: gathered.output } : undefined,
    tables: isOver ? [] : [gatherTable(told, index, within === 2)],
  };
}

/** What a tap lies on: an element; a dot for a zero, between elements or in the padding; outside is hatched. */
function readLook({ lies, value }: Read): CellLook {
  if (lies === 'input') return { value, fill: 'input-strong' };
  if (lies === 'image') return { value, dim: true, fill: 'kernel-tint' };
  return lies === 'outside' ? { hatched: true } : { dot: true };
}

function inputFigure(
  { subject, strings }: GatherTold,
  { reads }: Gathered,
  [x, y]: readonly [number, number],
  cell: number,
  focus: Focus,
): Figure {
  const places = new Set(reads.filter(({ lies }) => lies !== 'outside').map(({ place }) => place.join()));
  return drawPadded({ subject, x, y, cell, focus, isRead: (place) => places.has(place.join()) }, strings);
}

const windowOn = (figure: Figure, { reads }: Gathered, before: Gathered | undefined, cell: number): readonly Shape[] =>
  windowShapes(
    figure,
    cell,
    reads.map(({ place }) => place),
    before?.reads.map(({ place }) => place),
  );

function signs(
  at: Readonly<Record<Grid, readonly [x: number, y: number]>>,
  reads: Figure,
  kernel: Figure,
  products: Figure,
): readonly Shape[] {
  const between = (sign: string, left: Grid, figure: Figure, right: Grid): readonly Shape[] =>
    at[left][1] === at[right][1]
      ? [signOf(sign, (at[left][0] + figure.width + at[right][0]) / 2 + 6, at[left][1] + figure.height / 2 + 14)]
      : [];
  return [
    ...between('×', 'reads', reads, 'kernel'),
    ...between('=', 'kernel', kernel, 'products'),
    ...between('Σ', 'products', products, 'output'),
  ];
}

function outputShapes(
  { subject, outputs, strings }: GatherTold,
  at: GatherAt,
  index: number,
  within: number,
  places: ReturnType<typeof gatherPlaces>,
  focus: Focus,
): readonly Shape[] {
  const shape = subject.plan.outputShape.slice(2);
  const done = at.kind === 'result' || within === 2 ? index + 1 : index;
  return drawGrid({
    key: 'out',
    shape,
    x: places.at.output[0],
    y: places.at.output[1],
    cell: places.cell,
    origin: subject.outputOrigin,
    tensor: 'output',
    ink: 'output',
    title: wordsOf(`<o>${strings.output}</o>  <f>${shape.join(' × ')}</f>`),
    look: (place, flat): CellLook => {
      const isNow = at.kind === 'output' && flat === index;
      return {
        value: flat < done ? outputs[flat].sum : undefined,
        fill: isNow && within === 2 ? 'output-strong' : flat < done ? 'output-tint' : undefined,
        opacity: flat < done || isNow ? undefined : LATER,
        bold: isNow,
        ring: isNow || same(focus.followed('output'), place) ? 'output' : undefined,
        heavy: isNow,
      };
    },
  }).shapes;
}
