import { elementCount } from '../core/tensor/tensor';

/** Of one axis, as Python's `begin:end:step` with `0 ≤ begin ≤ end ≤ size` and a step of at least 1. */
export type Slice = readonly [begin: number, end: number, step: number];

/** One slice for each axis of an array. */
export type Window = readonly Slice[];

const lengthOf = ([begin, end, step]: Slice): number => Math.max(0, Math.ceil((end - begin) / step));

/** The shape of what a window holds. */
export const shapeOfWindow = (window: Window): readonly number[] => window.map(lengthOf);

export const wholeWindow = (shape: readonly number[]): Window => shape.map((size) => [0, size, 1]);

export const isWhole = (window: Window, shape: readonly number[]): boolean =>
  window.every(([begin, end, step], axis) => begin === 0 && end === shape[axis] && (step === 1 || end <= 1));

export const isWithin = (window: Window, shape: readonly number[]): boolean =>
  window.length === shape.length &&
  window.every(
    ([begin, end, step], axis) =>
      [begin, end, step].every(Number.isSafeInteger) && step >= 1 && begin >= 0 && begin <= end && end <= shape[axis],
  );

/** As Python writes it: `0, :, 8:264, ::4`. */
export function windowText(window: Window, shape: readonly number[]): string {
  return window
    .map(([begin, end, step], axis) => {
      if (lengthOf([begin, end, step]) === 1 && shape[axis] > 1) return String(begin);
      const from = begin === 0 ? '' : begin;
      const to = end === shape[axis] ? '' : end;
      return `${from}:${to}${step === 1 ? '' : `:${step}`}`;
    })
    .join(', ');
}

const NUMBER = /^[+-]?\d{1,15}$/;

function parseSlice(text: string, size: number): Slice | undefined {
  const parts = text.split(':').map((part) => part.trim());
  if (parts.length > 3 || !parts.every((part) => part === '' || NUMBER.test(part))) return undefined;
  const numbers = parts.map((part) => (part === '' ? undefined : Number(part)));
  const counted = (at: number): number => (at < 0 ? at + size : at);
  if (parts.length === 1) {
    const at = counted(numbers[0] ?? NaN);
    return at >= 0 && at < size ? [at, at + 1, 1] : undefined;
  }
  const [begin = 0, end = size, step = 1] = numbers;
  const [from, to] = [begin, end].map((at) => Math.min(size, Math.max(0, counted(at))));
  return step >= 1 && from < to ? [from, to, step] : undefined;
}

/**
 * A window as somebody writes it in Python: `0, 3, 8:264, ::4`, with or without brackets; `...` is for the axes
 * that are not named, and axes at the end may be left out. A single index keeps its axis, with a size of 1. Nothing
 * where the text is not one, or has no elements.
 */
export function parseWindow(text: string, shape: readonly number[]): Window | undefined {
  const bare = text.trim().replace(/^\[(.*)\]$/s, '$1');
  const parts = bare.trim() === '' ? [] : bare.split(',').map((part) => part.trim());
  const dots = parts.indexOf('...');
  const named = dots < 0 ? parts : [...parts.slice(0, dots), ...parts.slice(dots + 1)];
  if (named.length > shape.length) return undefined;
  const before = dots < 0 ? named.length : dots;
  const filled = [
    ...named.slice(0, before),
    ...Array<string>(shape.length - named.length).fill(':'),
    ...named.slice(before),
  ];
  const slices = filled.map((part, axis) => parseSlice(part, shape[axis]));
  return slices.every((slice) => slice !== undefined) ? slices : undefined;
}

/**
 * A window as windows of at most `most` elements that follow each other in C order, so that their values need only be
 * put behind one another. One axis is cut; those before it are walked through entry by entry.
 */
export function chunksOf(window: Window, most: number): readonly Window[] {
  const shape = shapeOfWindow(window);
  if (elementCount(shape) <= most) return [window];
  let axis = 0;
  while (axis < shape.length - 1 && elementCount(shape.slice(axis + 1)) > most) axis++;
  const each = Math.max(1, Math.floor(most / elementCount(shape.slice(axis + 1))));
  const cut = (which: number, taken: readonly Slice[]): readonly Window[] => {
    const [begin, , step] = window[which];
    const chunks: Window[] = [];
    const pitch = which < axis ? 1 : each;
    for (let at = 0; at < shape[which]; at += pitch) {
      const past = Math.min(shape[which], at + pitch);
      const slice: Slice = [begin + at * step, begin + (past - 1) * step + 1, step];
      if (which < axis) chunks.push(...cut(which + 1, [...taken, slice]));
      else chunks.push([...taken, slice, ...window.slice(which + 1)]);
    }
    return chunks;
  };
  return cut(0, []);
}
