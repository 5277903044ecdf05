import type { Strings } from '../../src/protocol/strings';
import { format } from '../../src/core/problem';
import { typedWhole } from '../state/typed';

/** A parameter's value on each axis, outermost first: one number, or the padding of both sides. */
export type AxisValue = number | readonly [begin: number, end: number];

const SIGN = '×';
const SIDES = ':';

const isAlike = (values: readonly AxisValue[]): boolean => {
  const texts = values.map(sideText);
  return texts.every((text) => text === texts[0]);
};

function sideText(value: AxisValue): string {
  if (typeof value === 'number') return String(value);
  const [begin, end] = value;
  return begin === end ? String(begin) : `${begin}${SIDES}${end}`;
}

/**
 * `3` where all axes are alike, `3×5` where not, `0:1` where the two sides of an axis differ; `whole` names every axis.
 */
export const printSizes = (values: readonly AxisValue[], whole = false): string =>
  isAlike(values) && !whole ? sideText(values[0]) : values.map(sideText).join(SIGN);

const number = (text: string): number | undefined => {
  const plain = text.trim().replace(/^[−–]/, '-');
  const value = /^[+-]?\d+$/.test(plain) ? Number(plain) : NaN;
  return Number.isSafeInteger(value) ? value : undefined;
};

function parseAxis(text: string, sides: boolean): AxisValue | undefined {
  const parts = text.split(SIDES).map(number);
  if (parts.length === 1) return parts[0];
  const [begin, end] = parts;
  if (!sides || parts.length !== 2 || begin === undefined || end === undefined) return undefined;
  return [begin, end];
}

export type Sizes = { readonly values: readonly AxisValue[] } | { readonly wrong: string };

/**
 * What was typed: one number, or arithmetic, for all axes, or one number for each with ×, x, a comma or a blank
 * between; `sides` allows `begin:end`.
 */
export function parseSizes(text: string, rank: number, sides: boolean, strings: Strings): Sizes {
  const parts = text
    .trim()
    .replace(/^[([]|[)\]]$/g, '')
    .split(/\s*[×xX,;]\s*|\s+/)
    .map((part) => parseAxis(part, sides));
  const values = parts.filter((part) => part !== undefined);
  const all = (value: AxisValue): Sizes => ({ values: Array.from({ length: rank }, () => value) });
  if (values.length !== parts.length) {
    const whole = typedWhole(text, strings);
    return whole.ok ? all(whole.value) : { wrong: whole.message };
  }
  if (values.length === 1) return all(values[0]);
  return values.length === rank ? { values } : { wrong: format(strings.sizesCount, [rank]) };
}

/** The text with the number at `caret` changed by `by`, and no less than `least`; all numbers without a caret. */
export function stepSizes(text: string, caret: number | undefined, by: number, least: number): string {
  return text.replace(/[-−]?\d+/g, (digits, at: number) => {
    const here = caret === undefined || (caret >= at && caret <= at + digits.length);
    const value = number(digits);
    return here && value !== undefined ? String(Math.max(least, value + by)) : digits;
  });
}
