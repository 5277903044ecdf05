import type { Statistics } from '../../src/core/tensor/statistics';
import type { GridName } from '../gridName';
import type { Model } from '../model';

/** Of the tensor's values that are on show, or of its plane: whichever the view asks for. */
export function statisticsFor(model: Model | undefined, name: GridName): Statistics | undefined {
  return model?.received?.sight.statistics.find((each) => each.tensor === name)?.statistics;
}
