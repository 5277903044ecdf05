import { inputsOfOutput, type SizeDerivation, type SizeTerm, type TermName } from '../../../src/core/derive/size';
import { format } from '../../../src/core/problem';
import type { Strings } from '../../../src/protocol/strings';
import type { Words } from '../../drawing/scene';
import { run, wordsOf } from '../../drawing/words';
import { TERM_INKS } from './headline';

const faint = (text: string): Words[number] => run(text, 'faint');

/** The formula as one line: each term by `show`, in its colour. */
function line({ kind, terms }: SizeDerivation, show: (term: SizeTerm) => string): Words {
  const pieces = terms.flatMap((term) => {
    const piece = run(show(term), TERM_INKS[term.name] === 'ink' ? undefined : TERM_INKS[term.name]);
    if (term.sign === '÷') return [faint(') / '), piece, faint('⌋')];
    return term.sign === '' ? [piece] : [faint(` ${term.sign} `), piece];
  });
  return [...(kind === 'conv' ? [faint('⌊(')] : []), ...pieces];
}

/** `o = 3·2 + 3 − 2·1 + 1 = 6 + 3 − 2 + 1 = 8`. */
export const sizeNumbers = (derived: SizeDerivation): Words => [
  run('o', 'output', true),
  faint(' = '),
  ...line(derived, ({ numbers }) => numbers),
  faint(' = '),
  ...line(derived, ({ value }) => String(value)),
  faint(' = '),
  run(derived.result, 'output', true),
];

/** What the whole drawing says, or one term of it. */
export function sizeSentence(derived: SizeDerivation, term: TermName | undefined, strings: Strings): Words {
  const { axis, kind, result, rest } = derived;
  const { input, stride, extent, padBegin, padEnd, outputPadding, dilation, kernel } = axis;
  const spread = (input - 1) * stride;
  const room = input + padBegin + padEnd - extent;
  switch (term) {
    case undefined:
      if (kind === 'conv') return wordsOf(rest > 0 ? strings.saySizeRest : strings.saySizeConv, [extent, result, rest]);
      return wordsOf(outputPadding > 0 ? strings.saySizeExtra : strings.saySize, [
        input,
        stride,
        extent,
        outputPadding,
      ]);
    case 'spread':
      return wordsOf(strings.saySpread, [input, stride, spread]);
    case 'extent':
      return wordsOf(dilation > 1 ? strings.sayExtentDilated : strings.sayExtent, [kernel, dilation, extent]);
    case 'crop':
      return wordsOf(strings.sayCropSize, [padBegin, padEnd]);
    case 'extra':
      if (outputPadding === 0) return wordsOf(strings.sayExtraNone);
      return wordsOf(outputPadding > padEnd ? strings.sayExtraBeyond : strings.sayExtraBack, [
        outputPadding,
        outputPadding - padEnd,
      ]);
    case 'length':
      return wordsOf(strings.sayLength, [input]);
    case 'pads':
      return wordsOf(strings.sayPads, [padBegin, padEnd]);
    case 'window':
      return wordsOf(strings.sayWindow, [extent, room]);
    case 'steps':
      return wordsOf(rest > 0 ? strings.sayStepsRest : strings.saySteps, [stride, result - 1, rest]);
    case 'first':
      return wordsOf(strings.sayFirst, [result]);
    default:
      return term satisfies never;
  }
}

/** What a term does, in a few words for a table. */
export function termMeaning({ axis, rest }: SizeDerivation, term: SizeTerm, strings: Strings): string {
  switch (term.name) {
    case 'spread':
      return format(strings.meansSpread, [axis.input - 1, axis.stride]);
    case 'extent':
      return strings.meansExtent;
    case 'crop':
      return strings.meansCrop;
    case 'extra':
      return strings.meansExtra;
    case 'length':
      return strings.meansLength;
    case 'pads':
      return strings.meansPads;
    case 'window':
      return strings.meansWindow;
    case 'steps':
      return format(strings.meansSteps, [axis.stride, rest]);
    case 'first':
      return strings.meansFirst;
    default:
      return term.name satisfies never;
  }
}

/** Why output padding exists, on the document's own numbers: several sizes are convolved to the same one. */
export function whyExtra({ axis, kind, result }: SizeDerivation, strings: Strings): Words {
  const { kernel, stride, padBegin, padEnd, outputPadding, input } = axis;
  const pads = padBegin === padEnd ? String(padBegin) : `${padBegin}:${padEnd}`;
  const [least, most] = inputsOfOutput(axis, kind === 'conv' ? result : input);
  const range = least === most ? String(least) : `${Math.max(1, least)} … ${most}`;
  if (kind === 'conv') return wordsOf(strings.whySame, [range, result]);
  if (stride === 1) return wordsOf(strings.whyNone, [kernel, pads, least, input]);
  return wordsOf(outputPadding > 0 ? strings.whyExtra : strings.whyLeast, [
    kernel,
    stride,
    pads,
    range,
    input,
    least,
    outputPadding,
    least + outputPadding,
  ]);
}
