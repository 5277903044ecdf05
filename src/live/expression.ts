import act from './program/act.py';
import answer from './program/answer.py';
import arrays from './program/arrays.py';
import base from './program/base.py';
import compute from './program/compute.py';
import elsewhere from './program/elsewhere.py';
import kinds from './program/kinds.py';
import layers from './program/layers.py';
import plain from './program/plain.py';
import tensors from './program/tensors.py';
import { isSameAgain } from './again';
import type { Window } from './window';

/** Which real number stands for a complex one. */
export type Part = 'real' | 'imag' | 'abs' | 'angle';

/** Of a call of a layer. */
export type Caught = 'input' | 'weight' | 'bias' | 'output';

/** A tensor that is sent into the program; `data` is base64, little endian. */
export interface Sent {
  readonly code: 'f4' | 'f8';
  readonly shape: readonly number[];
  readonly data: string;
}

/** A framework that computes convolutions, by the name of its module. */
export type Library = 'torch' | 'jax' | 'tensorflow' | 'paddle';

/** A convolution with its tensors, as the program's side takes it. */
export interface Computation {
  readonly library: Library;
  readonly kind: 'conv' | 'convTranspose';
  readonly stride: readonly number[];
  readonly dilation: readonly number[];
  readonly padding: readonly (readonly [begin: number, end: number])[];
  readonly outputPadding: readonly number[];
  readonly groups: number;
  readonly mode: string;
  readonly tensors: { readonly input: Sent; readonly weight: Sent; readonly bias?: Sent };
}

/** What is asked of a value in the program. */
export type Ask =
  /** What it is, and its values: of a window, or of what the program's side finds fit to be read first. */
  | { readonly do: 'read'; readonly window?: Window; readonly part?: Part }
  /** What it is, without values. */
  | { readonly do: 'describe' }
  /** Counts and limits of a window; with `bins`, how many values lie in each of that number of bins of a range. */
  | {
      readonly do: 'count';
      readonly window: Window;
      readonly bins?: readonly [number: number, low: number, high: number];
    }
  /** What a layer makes of a tensor; the expression is of a pair of both. */
  | { readonly do: 'run' }
  /** Sets a forward hook on a layer, which keeps what enters and leaves it; or removes it. */
  | { readonly do: 'watch' | 'unwatch' }
  /** What that hook kept of the layer's last call. */
  | { readonly do: 'caught'; readonly name: Caught }
  /** What a framework of the program's makes of tensors that are sent along. */
  | ({ readonly do: 'compute' } & Computation)
  /** Writes values into a window of a tensor; `data` is base64, little endian. */
  | { readonly do: 'put'; readonly window: Window; readonly code: 'f4' | 'f8'; readonly data: string };

/** Values in one answer take at most this many bytes: above 16,777,215 characters a debugger of Python's is silent. */
export const MOST_BYTES = 8 * 2 ** 20;

/**
 * A tensor is read whole up to this many bytes, in several answers; a larger one as an overview, and so is what a call
 * gives that takes more than one.
 */
export const WHOLE_BYTES = 32 * 2 ** 20;

/** An overview has at most this many elements, and this many along each of the last two axes. */
const OVERVIEW = { cells: 2 ** 16, side: 256 };

/**
 * An answer is filled up to this many characters: a shorter one, of two writes to a socket, waits 40 ms for a timer
 * between the program and its debugger.
 */
const PADDED = 66_000;

const SOURCE = [base, kinds, answer].join('');

/** What is compiled only where it is used; what only a command needs is not sent with other questions. */
const READING = Object.entries({ arrays, elsewhere, tensors, plain, layers });

const partsFor = ({ do: asked }: Ask): readonly (readonly [name: string, source: string])[] => {
  if (asked === 'read' || asked === 'describe' || asked === 'count') return READING;
  return [...READING, asked === 'compute' ? ['compute', compute] : ['act', act]];
};

/** A Python literal: JSON's escapes of a text are all Python's, too. */
const quoted = (text: string): string =>
  JSON.stringify(text).replaceAll(
    /[\u007f-\uffff]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/**
 * The one Python expression that carries out what is asked of the value of `expression`, and whose value is one text,
 * which begins with `marker`. It binds no name in the frame: what it needs is compiled, and runs, under globals of its
 * own, which are emptied at the end. Names that the user may have given to something else are not leaned on.
 */
export function expressionFor(expression: string, ask: Ask, marker: string): string {
  const whole = isSameAgain(expression) ? WHOLE_BYTES : 0;
  const told = { ...ask, marker, pad: PADDED, most: MOST_BYTES, whole, ...OVERVIEW };
  const lambda =
    `lambda value, ask, own, library: (library("types").FunctionType(library("builtins").compile(${quoted(SOURCE)}, ` +
    `"<transposed-conv-inspector>", "exec"), own)(), own["answer"](value, ask), own.clear())[1]`;
  const parts = partsFor(ask)
    .map(([name, source]) => `${quoted(name)}: ${quoted(source)}`)
    .join(', ');
  const own = `{"__name__": "transposed_conv_inspector", "__builtins__": __import__("builtins"), "PARTS": {${parts}}}`;
  // What was selected may end in a comment.
  return `(${lambda})((${expression}\n), ${quoted(JSON.stringify(told))}, ${own}, __import__)`;
}
