import { type Resolution, resolve } from '../plan';
import { problem } from '../problem';
import { type InspectorDocument, channelsOf } from './document';

function nearestCommonDivisor(one: number, other: number, wanted: number): number {
  for (let groups = Math.min(Math.floor(wanted), one, other); groups > 1; groups--) {
    if (one % groups === 0 && other % groups === 0) return groups;
  }
  return 1;
}

/**
 * The plan of a document, or what is illegal in it. Groups are judged against the channels that the document means: a
 * transposed convolution's weight `(C_in, C_out/g, …)` alone would make PyTorch take 3 groups of a 1→4 layer for 12
 * output channels.
 */
export function resolveDocument(document: InspectorDocument): Resolution {
  const { op, input, weight, bias, outputChannels } = document;
  const resolution = resolve(op, input.shape, weight.shape, bias?.shape);
  if (outputChannels === undefined) return resolution;
  const channels = channelsOf(document);
  const groups = op.groups ?? 1;
  const stated = resolution.ok ? [] : resolution.problems.filter((each) => each.field === 'groups');
  if (stated.length > 0) return { ok: false, problems: stated };
  return {
    ok: false,
    problems: [
      problem({
        code: 'groups-divide',
        field: 'groups',
        template: '{0} groups do not divide {1} input channels and {2} output channels.',
        args: [groups, channels.input, channels.output],
        framework:
          channels.input % groups === 0
            ? 'out_channels must be divisible by groups'
            : 'in_channels must be divisible by groups',
        repair: { field: 'groups', value: nearestCommonDivisor(channels.input, channels.output, groups) },
      }),
    ],
  };
}
