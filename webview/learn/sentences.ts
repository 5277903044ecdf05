import type { Plan } from '../../src/core/plan';
import { format } from '../../src/core/problem';
import type { Strings } from '../../src/protocol/strings';
import { make } from '../dom';
import type { Part } from '../model';

const sizes = (values: readonly number[]): string => values.join('×');

/** What the operation does, in four sentences about the document's own numbers. */
export function sentencesOf(plan: Plan, strings: Strings): readonly string[] {
  const { axes } = plan;
  const kernel = sizes(axes.map((axis) => axis.kernel));
  const stride = sizes(axes.map((axis) => axis.stride));
  const input = sizes(axes.map((axis) => axis.input));
  const output = sizes(axes.map((axis) => axis.output));
  const extent = sizes(axes.map((axis) => axis.extent));
  return plan.kind === 'conv'
    ? [
        format(strings.learnConvSlide, [kernel, stride, input]),
        format(strings.learnConvSum, [extent, output]),
        strings.learnConvMatrix,
      ]
    : [
        format(strings.learnTransposedStamp, [input, kernel]),
        format(strings.learnTransposedAdd, [stride, extent]),
        format(strings.learnTransposedCrop, [output]),
        strings.learnTransposedMatrix,
      ];
}

/** The document’s operation in four sentences. */
export function createSentences(strings: Strings): Part {
  const element = make('ol', { class: 'sentences' });
  let shown: Plan | undefined;
  return {
    element,
    update({ edited: { plan } }) {
      if (!plan || plan === shown) return;
      shown = plan;
      element.replaceChildren(...sentencesOf(plan, strings).map((text) => make('li', {}, text)));
    },
  };
}
