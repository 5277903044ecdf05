import { kerasCrop, NUMBERS, samePadding } from '../../core/formulas';
import type { ParameterValue, Use } from '../report';
import { extentAlong, type Layer, sidesOf } from './layer';

/**
 * How a Keras layer says what it pads, or of a transposed one what it crops and adds. The two belong together: with an
 * output padding `same` crops something else than without.
 */
export interface KerasPadding {
  readonly padding: Word;
  /** `null` leaves it to Keras, which is not the same as zero. */
  readonly outputPadding: readonly number[] | null;
}

type Word = 'valid' | 'same' | 'causal';
type Sides = readonly (readonly number[])[];

const equal = (ones: Sides, others: Sides): boolean => ones.join(';') === others.join(';');

/** What is padded or left out at either side; elements that are added make up for as many left out at the end. */
function netSides(layer: Layer): readonly (readonly [begin: number, end: number])[] {
  return sidesOf(layer).map(([begin, end], axis) => [begin, end - (layer.operation.outputPadding?.[axis] ?? 0)]);
}

/** What the call says, or else how it would say what it does. */
export function saidPadding(layer: Layer, { parameters }: Use): KerasPadding | undefined {
  const padding = typeof parameters.padding === 'string' ? parameters.padding.toLowerCase() : undefined;
  if (padding !== 'valid' && padding !== 'same' && padding !== 'causal') return kerasPadding(layer);
  return { padding, outputPadding: numbersOf(parameters.output_padding, layer.operation.stride.length) };
}

function numbersOf(value: ParameterValue | undefined, rank: number): readonly number[] | null {
  if (typeof value === 'number') return new Array<number>(rank).fill(value);
  return Array.isArray(value) ? value.filter((each): each is number => typeof each === 'number') : null;
}

/** How Keras says the padding of a layer, if it can; of several ways the one that stays with what is said now. */
export function kerasPadding(layer: Layer, said?: KerasPadding): KerasPadding | undefined {
  const { kind, stride } = layer.operation;
  const words: readonly Word[] =
    kind === 'conv' && stride.length === 1 ? ['valid', 'same', 'causal'] : ['valid', 'same'];
  const before = said ? [said.padding, ...words] : words;
  const wanted = netSides(layer);
  if (kind === 'conv') {
    const padding = before.find((word) => equal(wanted, paddedBy(layer, word)));
    return padding && { padding, outputPadding: null };
  }
  const ways = before.flatMap((padding): KerasPadding[] => [
    { padding, outputPadding: null },
    { padding, outputPadding: addedBy(layer, padding) },
  ]);
  const stated = (said?.outputPadding ?? null) !== null;
  const asSaid = ({ outputPadding }: KerasPadding): boolean => (outputPadding !== null) === stated;
  return [...ways.filter(asSaid), ...ways.filter((way) => !asSaid(way))].find(
    ({ padding, outputPadding }) =>
      (outputPadding ?? []).every((added, axis) => added >= 0 && added < stride[axis]) &&
      equal(
        wanted,
        stride.map((_, axis) => croppedBy(layer, padding, axis, outputPadding?.[axis])),
      ),
  );
}

function paddedBy(layer: Layer, padding: Word): Sides {
  return layer.inputSizes.map((input, axis) => {
    const extent = extentAlong(layer, axis);
    if (padding === 'same') return samePadding(NUMBERS, { input, extent, stride: layer.operation.stride[axis] });
    return padding === 'causal' ? [extent - 1, 0] : [0, 0];
  });
}

function croppedBy(layer: Layer, padding: Word, axis: number, added?: number): readonly [begin: number, end: number] {
  const word = padding === 'same' ? 'same' : 'valid';
  const crop = kerasCrop(NUMBERS, word, extentAlong(layer, axis), layer.operation.stride[axis], added);
  return [crop.padBegin, crop.padEnd - crop.outputPadding];
}

/** The output padding with which that word leaves out as much in all as the layer does. */
function addedBy(layer: Layer, padding: Word): readonly number[] {
  return netSides(layer).map(([begin, end], axis) => {
    const [first, last] = croppedBy(layer, padding, axis, 0);
    return first + last - begin - end;
  });
}
