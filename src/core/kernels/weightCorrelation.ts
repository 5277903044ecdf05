import type { Tensor } from '../operation';
import type { Plan } from '../plan';
import { zeros } from '../tensor/tensor';
import { gather } from './gather';
import { type Compute, planned } from './gradients';
import { readAt } from './meetings';
import { forEachPosition, stridesOf } from './positions';
import { remap } from './windows';

/**
 * The weight's gradient as a convolution, so that whatever computes convolutions fast computes it too. Channels take
 * the place of batch items and batch items that of channels, stride and dilation change places, and what the sites held
 * slides over what the places held. The output at a tap is that tap's gradient: place = tap·d + site·s (see
 * `meetings`). Shape and dtype are the weight's. The definition is `weightGradient`.
 */
export function weightGradientByCorrelation(
  plan: Plan,
  input: Tensor,
  outputGradient: Tensor,
  compute: Compute = gather,
): Tensor {
  const gradient = zeros(input.dtype, plan.weightShape);
  if (plan.batch === 0) return gradient;
  const conv = plan.kind === 'conv';
  const places = padded(plan, conv ? input : outputGradient);
  const sites = conv ? outputGradient : input;
  const perGroup = conv
    ? { places: plan.inputPerGroup, sites: plan.outputPerGroup }
    : { places: plan.outputPerGroup, sites: plan.inputPerGroup };

  for (let group = 0; group < plan.groups; group++) {
    const slid = channelsAsBatch(plan, places, group * perGroup.places, perGroup.places);
    const kernel = channelsAsBatch(plan, sites, group * perGroup.sites, perGroup.sites);
    const op = {
      kind: 'conv' as const,
      stride: plan.axes.map((axis) => axis.dilation),
      dilation: plan.axes.map((axis) => axis.stride),
      padding: plan.axes.map(() => 0),
    };
    const part = compute(planned(op, slid, kernel), slid, kernel);
    store(gradient, part, group * perGroup.sites);
  }
  return gradient;
}

/**
 * The places with their padding made visible: the input as its mode pads it, or the cropped output gradient with zeros
 * for the crop.
 */
function padded(plan: Plan, source: Tensor): Tensor {
  const leading = source.shape.length - plan.rank;
  const shape = source.shape.map((size, at) =>
    at < leading ? size : size + plan.axes[at - leading].padBegin + plan.axes[at - leading].padEnd,
  );
  return remap(source, shape, (index, at) => {
    if (at < leading) return index;
    return readAt(plan.paddingMode, index - plan.axes[at - leading].padBegin, source.shape[at]);
  });
}

/** `count` channels from `first`: `(N, C, …)` to `(count, N, …)`. */
function channelsAsBatch(plan: Plan, source: Tensor, first: number, count: number): Tensor {
  const spatial = source.shape.slice(-plan.rank);
  const channels = source.shape[source.shape.length - plan.rank - 1];
  const area = spatial.reduce((all, size) => all * size, 1);
  const target = zeros(source.dtype, [count, plan.batch, ...spatial]);
  for (let channel = 0; channel < count; channel++) {
    for (let n = 0; n < plan.batch; n++) {
      const from = (n * channels + first + channel) * area;
      target.data.set(source.data.subarray(from, from + area), (channel * plan.batch + n) * area);
    }
  }
  return target;
}

/**
 * `(places, sites, taps…)` into the weight's `(sites, places, taps…)`; where the step leaves room the part has taps to
 * spare.
 */
function store(gradient: Tensor, part: Tensor, firstSite: number): void {
  const strides = stridesOf(part.shape);
  const [, places, ...taps] = gradient.shape;
  const area = taps.reduce((all, size) => all * size, 1);
  forEachPosition([part.shape[1], places, ...taps], ([site, place, ...tap], flat) => {
    const from =
      place * strides[0] + site * strides[1] + tap.reduce((sum, index, axis) => sum + index * strides[axis + 2], 0);
    gradient.data[firstSite * places * area + flat] = part.data[from];
  });
}
