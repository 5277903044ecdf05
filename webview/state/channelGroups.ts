import type { Slices } from '../view';

/** How many channels a group has on either side. */
export interface ChannelGroups {
  readonly inputs: number;
  readonly outputs: number;
}

/** The groups that a kernel's own shape says; one group where it says none that fit the channels. */
export function channelGroups(
  kind: 'conv' | 'convTranspose',
  weightShape: readonly number[],
  channels: { readonly input: number; readonly output: number },
): ChannelGroups {
  const { input, output } = channels;
  const groups = kind === 'conv' ? input / weightShape[1] : output / weightShape[1];
  const fits = Number.isInteger(groups) && input % groups === 0 && output % groups === 0;
  return fits ? { inputs: input / groups, outputs: output / groups } : { inputs: input, outputs: output };
}

const last = (index: number, size: number): number => Math.min(Math.max(0, Math.trunc(index)), Math.max(0, size - 1));

/** The pair of channels on show: of one group, since only those meet in a kernel. The input's decides which. */
export function channelsOnShow(
  { inputChannel, outputChannel }: Pick<Slices, 'inputChannel' | 'outputChannel'>,
  { inputs, outputs }: ChannelGroups,
  channels: { readonly input: number; readonly output: number },
): Pick<Slices, 'inputChannel' | 'outputChannel'> {
  const input = last(inputChannel, channels.input);
  const output = last(outputChannel, channels.output);
  return { inputChannel: input, outputChannel: Math.floor(input / inputs) * outputs + (output % outputs) };
}
