import { format } from '../../core/problem';
import type { Frame } from '../model/frame';
import type { Value } from '../model/value';
import { isModelled } from '../modelled';
import type { Why } from '../report';
import type { Expression } from '../syntax/ast';
import type { Chunk } from '../syntax/chunk';

/** Why nothing is known of a value: the one thing that is missing, and where it is asked for. */
export interface Cause extends Omit<Why, 'span' | 'message'> {
  readonly chunk?: Chunk;
  readonly start: number;
  readonly end: number;
}

/** Source text that is quoted, at most. */
const LONGEST = 60;

const quoted = ({ start, end }: Expression, { chunk }: Frame): string => {
  const text = chunk.text.slice(start, end).replace(/\s+/g, ' ');
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
};

/** The input of a model that nothing gives a shape, by its key: `UNet.forward:x`. */
export function causeOfInput(key: string): Cause {
  const at = key.lastIndexOf(':');
  const args = [key.slice(at + 1), key.slice(0, at)];
  return { template: '{0} of {1}: nothing says its shape.', args, inputKey: key, start: 0, end: 0 };
}

/** The cause that lies in an expression itself, when all of its parts are known; `external`: what it has called. */
export function causeIn(frame: Frame, node: Expression, value: Value, external: string | undefined): Cause {
  const { chunk } = frame;
  const place = { chunk, start: node.start, end: node.end };
  const text = quoted(node, frame);
  const key = value.kind === 'unknown' || value.kind === 'tensor' ? inputKeyOf(value) : undefined;
  if (key !== undefined) return { ...causeOfInput(key), ...place };
  if (external !== undefined) {
    const [library] = external.split('.');
    return isModelled(library)
      ? { template: '{0}: there is no rule here for what it gives.', args: [external], ...place }
      : { template: '{0} is of the package {1}, which is not read.', args: [external, library], ...place };
  }
  if (node.kind === 'name')
    return isParameter(frame, node.name)
      ? { template: '{0}: nothing that is read says what it is given.', args: [text], ...place }
      : { template: '{0} is not defined in what is read.', args: [text], ...place };
  if (node.kind === 'attribute') return { template: '{0}: nothing that is read sets it.', args: [text], ...place };
  return { template: 'What {0} gives is not known.', args: [text], ...place };
}

const inputKeyOf = (value: Value): string | undefined =>
  value.kind === 'tensor' ? value.inputKey : value.kind === 'unknown' ? value.tensor?.inputKey : undefined;

const isParameter = ({ scope }: Frame, name: string): boolean => {
  for (let at: Frame['scope'] | undefined = scope; at?.parent; at = at.parent) if (at.variables.has(name)) return true;
  return false;
};

/** The line of an offset in a file, counted from 1, where that is known. */
export type LineIn = (path: string, offset: number) => number | undefined;

/** As it is told of a file: where it stands there, or in which other file. */
export function told({ template, args, inputKey, chunk, start, end }: Cause, path: string, lineIn: LineIn): Why {
  return {
    template,
    args,
    message: format(template, args),
    ...(inputKey === undefined ? {} : { inputKey }),
    ...(chunk ? placeOf({ chunk, start, end }, path, lineIn) : {}),
  };
}

function placeOf(
  { chunk, start, end }: { readonly chunk: Chunk; readonly start: number; readonly end: number },
  path: string,
  lineIn: LineIn,
): Pick<Why, 'span' | 'elsewhere'> {
  const at = chunk.absolute(start);
  if (chunk.path === path) return { span: { start: at, end: chunk.absolute(end) } };
  const line = lineIn(chunk.path, at);
  return line === undefined ? {} : { elsewhere: { path: chunk.path, line } };
}
