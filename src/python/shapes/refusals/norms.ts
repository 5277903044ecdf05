import { iterate } from '../../model/iterate';
import { knownInt } from '../../model/make';
import { sureShape } from '../../model/tensor';
import { truthOf } from '../../model/truth';
import {
  groupRefusal,
  lastAxesRefusal,
  oneValuePerChannel,
  oneValuePerInstance,
  statisticsRefusal,
} from './normalised';
import { allInts, type Check, loose } from './check';

export const groupNorm: Check = (call, shape) => {
  const groups = knownInt(loose(call, 0, 'num_groups'));
  return groups === undefined ? undefined : groupRefusal(groups, shape);
};

export const layerNorm: Check = (call, shape) => {
  const given = loose(call, 0, 'normalized_shape');
  const wanted = given && allInts(iterate(given));
  return wanted && lastAxesRefusal(wanted, shape);
};

export const instanceNorm: Check = (call, shape) => {
  const ofInput = loose(call, 4, 'use_input_stats');
  return ofInput === undefined || truthOf(ofInput) === true ? oneValuePerInstance(shape) : undefined;
};

export const batchNorm: Check = (call, shape) => {
  const training = loose(call, 4, 'training');
  const wrong = training && truthOf(training) === true ? oneValuePerChannel(shape) : undefined;
  const kept = loose(call, 0, 'running_mean');
  const statistics = kept?.kind === 'tensor' ? sureShape(kept) : undefined;
  return wrong ?? (statistics?.length === 1 ? statisticsRefusal(statistics[0], shape) : undefined);
};
