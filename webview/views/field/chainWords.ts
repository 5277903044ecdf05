import type { Cure } from '../../../src/core/chain/cures';
import { format, type Problem } from '../../../src/core/problem';
import type { Strings } from '../../../src/protocol/strings';
import type { Words } from '../../drawing/scene';
import { run, wordsOf } from '../../drawing/words';
import type { Table } from '../../film/film';
import { type ChainModel, fieldsOf, runsOf, type Spot } from './chainModel';
import { spanOf } from '../../../src/core/chain/field';

/** What is wrong with a stage, in the user's language: core's own words are English. */
export function problemText({ code, template, args }: Problem, strings: Strings): string {
  const texts: Readonly<Record<string, string>> = {
    'chain-number': strings.chainNumber,
    'chain-sides': strings.chainSides,
    'chain-part': strings.chainPart,
    'chain-word': strings.chainWord,
    'chain-kernel': strings.chainKernel,
    'chain-factor': strings.chainFactor,
    'chain-many': strings.chainMany,
    'chain-op': strings.chainOp,
    'chain-pool': strings.chainPool,
    'chain-before': strings.chainBefore,
    'chain-join': strings.chainJoin,
    'chain-join-cropped': strings.chainJoinCropped,
    'chain-few': strings.chainFew,
    'chain-divide': strings.chainDivide,
  };
  return format(texts[code] ?? template, args);
}

/** The two lines over the drawing: what comes of the input, and its sizes with what is left over where. */
export function chainSentence(
  model: ChainModel,
  strings: Strings,
): { readonly sentence: Words; readonly numbers: Words } {
  const { rung, sizes, rule } = model;
  const steps = sizes.sizes.map(([size]) => size);
  const arrows = steps.join(' → ');
  if (sizes.stop) {
    const { stage, problem } = sizes.stop;
    return {
      sentence: wordsOf(strings.fieldStops, [stage + 1, problemText(problem, strings)]),
      numbers: wordsOf(`${arrows} → <w>✗</w>`),
    };
  }
  const output = rung.output ?? 0;
  const rest = rung.losses.map(({ stage, elements, worth }) => format(strings.fieldRest, [elements, stage + 1, worth]));
  if (rung.returns)
    return {
      sentence: wordsOf(strings.fieldReturns, [rung.input]),
      numbers: wordsOf([arrows, ...(rule && rule.modulus > 1 ? [ruleText(model, strings)] : [])].join('; ')),
    };
  const lost = rung.losses.at(0);
  const sentence = lost
    ? wordsOf(strings.fieldLost, [rung.input, output, lost.elements, lost.stage + 1, lost.worth])
    : wordsOf(strings.fieldDiffers, [rung.input, output]);
  return { sentence, numbers: wordsOf([arrows, ...rest].join('; ')) };
}

/** "multiples of 16", or all that leave these remainders. */
function ruleText({ rule }: ChainModel, strings: Strings): string {
  if (!rule) return strings.fieldNoSize;
  const { modulus, remainders, from } = rule;
  if (modulus === 1) return format(strings.fieldEverySize, [from]);
  if (remainders.length === 1 && remainders[0] === 0) return format(strings.fieldMultiples, [modulus, from]);
  return format(strings.fieldRemainders, [modulus, remainders.join(', '), from]);
}

/** `6·16 + 4`: how often the strides of the chain go into a size, and what is left. */
function dividedBy({ rule }: ChainModel, size: number): string {
  if (!rule || rule.modulus === 1) return '';
  const rest = size % rule.modulus;
  return `${Math.floor(size / rule.modulus)}·${rule.modulus}${rest > 0 ? ` + ${rest}` : ''}`;
}

function alikeText({ alike: [least, most], rung }: ChainModel, strings: Strings): string {
  return least < most && rung.output !== undefined ? format(strings.fieldAlike, [least, most, rung.output]) : '';
}

/** What a cure changes: `stage 3: padding 2, stage 4: padding 2, stage 4: output padding 1`. */
export const cureText = ({ changes }: Cure, strings: Strings): string =>
  changes
    .map((each) => {
      const text = {
        padding: strings.fieldCurePadding,
        outputPadding: strings.fieldCureOp,
        cropSkip: strings.fieldCureCropSkip,
        cropBefore: strings.fieldCureCropBefore,
      }[each.change];
      return format(text, [each.stage + 1, 'sides' in each ? each.sides.join(':') : each.value]);
    })
    .join(', ');

/** What comes of a cure: the sizes, and whether everything is read, by which cures are told from one another. */
export function cureNote({ changes, sizes, losses }: Cure, strings: Strings): string {
  const lost = losses.map(({ stage, elements }) => format(strings.fieldLostHere, [elements, stage + 1]));
  // What is cropped may be read by another way, or not.
  const sound = changes.some((change) => 'sides' in change) ? strings.fieldCureGoes : strings.fieldCureWhole;
  return [sizes.join(' → '), lost.length > 0 ? lost.join(', ') : sound].join(': ');
}

/** The ladder of legal sizes, and what the spot that is pointed at is made of and takes part in. */
export function chainTables(model: ChainModel, spot: Spot | undefined, strings: Strings): readonly Table[] {
  const ladder: Table = {
    title: strings.fieldLadder,
    rows: model.ladder.map(({ input, output, returns }) => ({
      now: input === model.rung.input,
      cells: [
        wordsOf(`<i>${input}</i>`),
        [run('→', 'faint')],
        output === undefined ? [run('✗', 'wrong')] : wordsOf(`<o>${output}</o>`),
        [run(dividedBy(model, input), 'faint')],
        [run(returns ? '✓' : '✗', returns ? 'ink' : 'wrong', true)],
      ],
    })),
    note: wordsOf(`${ruleText(model, strings)} ${alikeText(model, strings)}`.trim()),
  };
  if (!spot || spot.stage >= model.sizes.sizes.length) return [ladder];
  const fields = fieldsOf(model, spot);
  const field: Table = {
    title: format(strings.fieldOf, [spot.place, spot.stage]),
    rows: fields.flatMap((each, stage) => {
      const span = spanOf(each, 0);
      if (stage === spot.stage) return [];
      const runs = runsOf(each);
      const count = runs.reduce((all, [first, last]) => all + last - first + 1, 0);
      const tag = stage < spot.stage ? 'i' : 'o';
      const places = span ? `<${tag}>${span[0] === span[1] ? span[0] : `${span[0]}..${span[1]}`}</${tag}>` : '–';
      const gaps = span && count < span[1] - span[0] + 1 ? format(strings.fieldGaps, [count]) : String(count);
      return [
        {
          cells: [
            [run(stage === 0 ? strings.input : format(strings.fieldStage, [stage]))],
            wordsOf(places),
            [run(gaps, 'faint')],
          ],
        },
      ];
    }),
  };
  return [field, ladder];
}
