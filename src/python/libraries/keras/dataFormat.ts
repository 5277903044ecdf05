import type { Applied, Bound, FunctionSpec } from '../../model/library';
import type { Machine } from '../../model/machine';
import { string, unknown } from '../../model/make';
import { signature } from '../../model/signature';
import type { Value } from '../../model/value';
import type { Layout } from '../../sizes/axis';

/** The setting of the process that layers without a `data_format` of their own take when they are made. */
const DATA_FORMAT = 'keras.image_data_format';
const FORMATS: Readonly<Record<string, Layout>> = { channels_last: 'last', channels_first: 'first' };
/** Keras 1 named the formats after the backends that liked them. */
const ORDERINGS: Readonly<Record<string, string>> = { tf: 'channels_last', th: 'channels_first' };

export const formatOfOrdering = (ordering: string): string | undefined => ORDERINGS[ordering];

export const kerasSettings: ReadonlyMap<string, Value> = new Map([[DATA_FORMAT, string('channels_last')]]);

/** What a layer with a parameter `data_format` has for it where the call gives none. */
export const inheritsDataFormat: ReadonlyMap<string, string> = new Map([['data_format', DATA_FORMAT]]);

/** Where the layer expects the channels; `undefined`: not known. A layer without the parameter has them last. */
export function layoutOf(bound: Bound): Layout | undefined {
  const ordering = bound.text('dim_ordering');
  if (ordering !== undefined) return FORMATS[ORDERINGS[ordering] ?? ''];
  return bound.isNone('data_format') ? 'last' : FORMATS[bound.text('data_format')?.toLowerCase() ?? ''];
}

/** Where functions that are given no format expect the channels now. */
export function currentLayout(machine: Machine): Layout | undefined {
  const value = machine.settings.get(DATA_FORMAT);
  return value?.kind === 'string' ? FORMATS[value.value] : undefined;
}

const func = (name: string, form: string, apply: FunctionSpec['apply']): FunctionSpec => ({
  callee: `keras.backend.${name}`,
  framework: 'keras',
  signature: signature(form),
  apply,
});

const current = ({ machine }: Applied): Value => machine.settings.get(DATA_FORMAT) ?? unknown();

function set({ machine }: Applied, format: string | undefined): Value {
  const known = format !== undefined && format in FORMATS;
  const standard = kerasSettings.get(DATA_FORMAT)!;
  // The standard one is the object that the settings began with, which says that nothing differs.
  const value = !known ? unknown() : format === 'channels_last' ? standard : string(format);
  machine.setVariable(machine.settings, DATA_FORMAT, value);
  return unknown();
}

const SETTERS = ['set_image_data_format', 'set_image_dim_ordering'];

export const setsDataFormat = (words: ReadonlySet<string>): boolean => SETTERS.some((name) => words.has(name));

export const dataFormatFunctions: readonly FunctionSpec[] = [
  func('image_data_format', '', current),
  func('set_image_data_format', 'data_format', (call) => set(call, call.bound.text('data_format')?.toLowerCase())),
  func('image_dim_ordering', '', (call) => {
    const format = current(call);
    const found = Object.entries(ORDERINGS).find(([, name]) => format.kind === 'string' && name === format.value);
    return found ? string(found[0]) : unknown();
  }),
  func('set_image_dim_ordering', 'dim_ordering', (call) => set(call, ORDERINGS[call.bound.text('dim_ordering') ?? ''])),
];
