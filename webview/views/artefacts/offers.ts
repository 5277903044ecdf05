import { isEvenPlan } from '../../../src/core/artefacts/counts';
import { evenPlan } from '../../../src/core/artefacts/evenKernel';
import { unshuffled } from '../../../src/core/artefacts/fromShuffle';
import { shuffleOperation } from '../../../src/core/artefacts/pixelShuffle';
import { resizeConvOf } from '../../../src/core/artefacts/resizeConv';
import type { Plan } from '../../../src/core/plan';
import { format } from '../../../src/core/problem';
import type { Cure } from '../../../src/core/state/cure';
import type { Strings } from '../../../src/protocol/strings';
import { padsOf, timesOf } from './told';

/** One thing that can be done, what it is called and what comes of it. */
export interface Offer {
  readonly key: string;
  readonly text: string;
  readonly note: string;
  /** Nothing: it cannot be done, and the note says why. */
  readonly cure: Cure | undefined;
}

const FACTORS = [2, 3, 4];
const sizes = (plan: Plan): string => plan.axes.map(({ output }) => output).join('×');

function evenOffer(plan: Plan, strings: Strings): Offer {
  const even = evenPlan(plan);
  const isEven = isEvenPlan(plan);
  const text = format(strings.artefactUseEven, [
    timesOf(even.axes.map(({ kernel }) => kernel)),
    padsOf(even),
    timesOf(even.axes.map(({ outputPadding }) => outputPadding)),
  ]);
  return {
    key: 'even',
    text,
    note: isEven ? strings.artefactIsEven : strings.artefactUseEvenNote,
    cure: isEven ? undefined : { cure: 'evenKernel' },
  };
}

function resizeOffer(plan: Plan, strings: Strings): Offer {
  const made = resizeConvOf(plan);
  const larger = made?.larger.some((each) => each > 0);
  return {
    key: 'resize',
    text: strings.artefactUseResize,
    note: made
      ? format(larger ? strings.artefactUseResizeLarger : strings.artefactUseResizeNote, [
          made.spatial.join('×'),
          sizes(made.plan),
        ])
      : strings.artefactUseResizeNone,
    cure: made && { cure: 'resizeConv' },
  };
}

function shuffleOffer(plan: Plan, strings: Strings): Offer {
  const { axes, weightShape } = shuffleOperation(plan);
  const note = format(strings.artefactUseShuffleNote, [
    `k ${timesOf(weightShape.slice(2))}`,
    weightShape[0],
    axes.map(({ output }) => output).join('×'),
    timesOf(axes.map(({ factor }) => factor)),
  ]);
  const crop = axes.map(({ cropEnd }) => cropEnd);
  return {
    key: 'shuffle',
    text: strings.artefactUseShuffle,
    note: crop.some((each) => each > 0) ? `${note}${format(strings.artefactCrop, [timesOf(crop)])}` : note,
    cure: { cure: 'pixelShuffle' },
  };
}

/** What is offered for a layer, each with its exact size. */
export function offersFor(plan: Plan, strings: Strings): readonly Offer[] {
  if (plan.outputShape.includes(0) || plan.inputShape.includes(0)) return [];
  if (plan.kind === 'convTranspose')
    return [
      evenOffer(plan, strings),
      {
        key: 'icnr',
        text: strings.artefactUseIcnr,
        note: strings.artefactUseIcnrNote,
        cure: { cure: 'icnr' },
      },
      resizeOffer(plan, strings),
      shuffleOffer(plan, strings),
    ];
  return FACTORS.flatMap((factor): readonly Offer[] => {
    const made = unshuffled(plan, factor);
    if (!made) return [];
    return [
      {
        key: `transposed ${factor}`,
        text: format(strings.artefactUseTransposed, [factor]),
        note: format(strings.artefactUseTransposedNote, [timesOf(made.weightShape.slice(2)), factor]),
        cure: { cure: 'transposed', factor },
      },
    ];
  });
}
