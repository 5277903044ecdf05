// Small transposed convolutions with the code of their cures. `generate.py artefacts` runs it; the test holds this
// against what came of it.
import { pixelShuffleCode, resizeConvCode } from '../../src/core/artefacts/recipes';
import { type CopiedCase, copiedCases } from './copiedCases';

export const CURES = ['pixelShuffle', 'resizeConv'] as const;

export const artefactCases: readonly CopiedCase[] = copiedCases.filter(({ plan }) => plan.kind === 'convTranspose');

export function cureText(
  { plan, input, weight, bias }: CopiedCase,
  cure: (typeof CURES)[number],
  values = true,
): string | undefined {
  const copied = {
    plan,
    dtype: input.dtype,
    bias: bias !== undefined,
    values: values ? { input, weight, bias } : undefined,
  };
  return cure === 'pixelShuffle' ? pixelShuffleCode(copied) : resizeConvCode(copied);
}

/** For `generate.py`: with the values, and without. */
export const texts = (): readonly { readonly title: string; readonly cure: string; readonly text: string }[] =>
  artefactCases.flatMap((each) =>
    CURES.flatMap((cure) => {
      const [own, random] = [cureText(each, cure), cureText(each, cure, false)];
      return [
        ...(own === undefined ? [] : [{ title: each.title, cure, text: own }]),
        ...(random === undefined ? [] : [{ title: `${each.title}, at random`, cure, text: random }]),
      ];
    }),
  );
