import type { Work } from '../../src/core/learn/work';
import type { Model } from '../model';

/** What the reader of a lesson has done so far. */
export function workOf({ edited: { head, plan }, received, computed, view, link }: Model): Work {
  const { stage, sub, step, chain } = view;
  return {
    plan,
    stage,
    sub,
    step,
    chain,
    pixelKernels: head.pixelKernels,
    pinned: link?.pinned === true ? link.cell : undefined,
    values(tensor) {
      // Values of an earlier revision are not what the reader sees: they come in a moment.
      const of = tensor === 'output' ? computed?.head : received?.head;
      if (of?.revision !== head.revision) return undefined;
      return received?.sight.whole.find((each) => each.tensor === tensor)?.values;
    },
  };
}
