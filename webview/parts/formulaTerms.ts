import { planAxis } from '../../src/core/axis';
import type { Problem, ProblemField } from '../../src/core/problem';
import { type AxisDerivation, derive, type Sizes } from '../../src/core/shape';
import type { DocumentHead } from '../../src/protocol/panel';

/** A piece of a size formula as it is shown: in symbols, in numbers, and whether the last change was here. */
export interface ShownTerm {
  readonly symbol: string;
  readonly number: string;
  readonly changed: boolean;
  /** Something is wrong with this quantity. */
  readonly wrong: boolean;
  /** A quantity, not the text between quantities. */
  readonly quantity: boolean;
}

export interface ShownFormula {
  /** The axes that have this formula: axes with the same formula share one. */
  readonly axes: readonly number[];
  readonly terms: readonly ShownTerm[];
  /** NaN where the formula has none, as with a stride of 0. */
  readonly result: number;
  readonly resultChanged: boolean;
  /** No tensor has such a size. */
  readonly resultWrong: boolean;
}

/** The sizes that a document says, legal or not. */
export function sizesOf({ operation, inputShape, weightShape }: DocumentHead): Sizes {
  const rank = weightShape.length - 2;
  const axes = weightShape
    .slice(2)
    .map((kernel, axis) => planAxis(operation, axis, inputShape.at(axis - rank) ?? NaN, kernel));
  return { kind: operation.kind, axes };
}

function shownTerms(
  now: AxisDerivation,
  before: AxisDerivation | undefined,
  wrong: ReadonlySet<ProblemField>,
): readonly ShownTerm[] {
  const old = new Map(before?.parts.flatMap((part) => ('symbol' in part ? [[part.symbol, part.value] as const] : [])));
  return now.parts.map((part) =>
    'text' in part
      ? { symbol: part.text, number: part.text, changed: false, wrong: false, quantity: false }
      : // A symbol that was not there before counts as changed: padding may have been one number, and now is two.
        {
          symbol: part.symbol,
          number: String(part.value).replace('-', '−'),
          changed: before !== undefined && old.get(part.symbol) !== part.value,
          wrong: wrong.has(part.field),
          quantity: true,
        },
  );
}

/**
 * The size formula of every axis, its terms marked where they differ from the sizes before, and where the problems say
 * that they are wrong. Axes with the same formula share one, as in most operations all axes do.
 */
export function shownFormulas(
  sizes: Sizes,
  before: Sizes | undefined,
  problems: readonly Problem[] = [],
): readonly ShownFormula[] {
  const comparable =
    before?.axes.length === sizes.axes.length && before.kind === sizes.kind ? derive(before) : undefined;
  const errors = problems.filter(({ severity }) => severity === 'error');
  const alike = new Map<string, ShownFormula>();
  derive(sizes).forEach((now, axis) => {
    const wrong = errors.filter((each) => each.axis === undefined || each.axis === axis).map(({ field }) => field);
    const result = Number.isFinite(now.result) ? now.result : NaN;
    const rest = {
      terms: shownTerms(now, comparable?.[axis], new Set(wrong)),
      result,
      resultChanged: comparable !== undefined && !Object.is(comparable[axis].result, now.result),
      resultWrong: errors.length > 0 && !(result >= 1),
    };
    // What is written decides, not what is marked: an edit that makes two axes alike has changed only one of them.
    const key = [result, ...rest.terms.flatMap(({ symbol, number }) => [symbol, number])].join('\n');
    const same = alike.get(key);
    alike.set(key, {
      ...rest,
      axes: [...(same?.axes ?? []), axis],
      terms: rest.terms.map((term, at) => ({
        ...term,
        changed: term.changed || same?.terms[at].changed === true,
        wrong: term.wrong || same?.terms[at].wrong === true,
      })),
      resultChanged: rest.resultChanged || same?.resultChanged === true,
    });
  });
  return [...alike.values()];
}
