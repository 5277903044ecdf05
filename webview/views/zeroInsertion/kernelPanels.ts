import { flatIndex } from '../../../src/core/explain/readout';
import { format } from '../../../src/core/problem';
import type { CellLook } from '../../drawing/gridFigure';
import { run, wordsOf } from '../../drawing/words';
import { brief } from '../../film/naming';
import type { Panel } from '../../film/panels';
import { sized, type Step, TO_COME } from './panels';
import { outputsOf } from './told';

const tapText = (place: readonly number[]): string => `w${place.join(place.some((at) => at > 9) ? ',' : '')}`;

/** The kernel as the layer has it. */
export function kernelPanel({ told, focus }: Step): Panel {
  const shape = told.subject.plan.weightShape.slice(2);
  return {
    key: 'w',
    shape,
    tensor: 'weight',
    ink: 'kernel',
    caption: wordsOf(`<k>${told.strings.kernel}</k>`),
    size: sized(shape),
    look: (place, flat): CellLook => ({
      value: told.subject.weight.data[flat],
      below: [run(tapText(place), 'kernel')],
      fill: focus.isLit('weight', place) ? 'kernel-strong' : 'kernel-tint',
    }),
  };
}

/** The kernel as it slides; what turns about `middle` does so in its own step. */
export function slidingPanel({ told, at, focus, output }: Step, middle: readonly [number, number] | undefined): Panel {
  const { derived, strings, subject, which } = told;
  const shape = subject.plan.weightShape.slice(2);
  const conv = which === 'conv';
  const tapOf = (place: readonly number[]): readonly number[] =>
    conv ? place : place.map((index, axis) => shape[axis] - 1 - index);
  const products = output ? derived.productsOf(output) : [];
  const motion = at.kind === 'flip' && middle ? { turn: { degrees: 180, about: middle } } : undefined;
  return {
    key: 'flip',
    shape,
    tensor: 'weight',
    placeOf: tapOf,
    ink: 'kernel',
    caption: wordsOf(conv ? `<k>${strings.zeroKernelAsIs}</k>` : `<f>3</f>  <k>${strings.zeroKernelFlipped}</k>`),
    size: sized(shape),
    motion,
    look: (place, flat): CellLook => ({
      value: derived.kernel.data[flat],
      below: [run(tapText(tapOf(place)), 'kernel')],
      fill: products.at(flat)?.input || focus.isLit('weight', tapOf(place)) ? 'kernel-strong' : 'kernel-tint',
      dim: output !== undefined && products.at(flat)?.input === undefined,
      opacity: at.kind === 'insert' || at.kind === 'pad' ? TO_COME : undefined,
      motion,
    }),
  };
}

/** What lies under the window, and its products with the kernel. */
export function windowPanels({ told, output }: Step): readonly Panel[] {
  if (!output) return [];
  const { derived, strings, subject } = told;
  const shape = subject.plan.weightShape.slice(2);
  const products = derived.productsOf(output);
  const zeros = products.filter(({ input }) => !input).length;
  const from = output.map((at, axis) => at * derived.slide[axis]);
  return [
    {
      key: 'window',
      shape,
      tensor: 'input',
      placeOf: (place) => products[flatIndex(shape, place)].input,
      ink: 'kernel',
      caption: wordsOf(`<i>${format(strings.zeroWindowAt, [from.join()])}</i>`),
      size: sized(shape),
      look: (_, flat): CellLook => {
        const { input, value } = products[flat];
        return input ? { value, fill: 'input-strong', bold: true, ink: 'input' } : { dot: true };
      },
    },
    {
      key: 'product',
      shape,
      ink: 'kernel',
      caption: wordsOf(`<b>${strings.zeroProducts}</b>`),
      size: [run(format(strings.meetZero, [zeros, products.length]), 'faint')],
      look: (_, flat): CellLook => {
        const { input, value, weight, product } = products[flat];
        if (!input) return { dot: true, fill: undefined };
        return {
          value: product,
          below: wordsOf(`<i>${brief(value)}</i>·<k>${brief(weight)}</k>`),
          fill: product === 0 ? 'kernel-tint' : 'kernel-strong',
          dim: product === 0,
        };
      },
    },
    {
      key: 'sum',
      shape: [1],
      tensor: 'output',
      placeOf: () => told.owner(output),
      ink: 'output',
      caption: wordsOf(`<o>${told.nameOut(output)}</o>`),
      size: [],
      look: (): CellLook => ({
        value: derived.output.data[flatIndex(outputsOf(told), output)],
        fill: 'output-strong',
        bold: true,
      }),
    },
  ];
}
