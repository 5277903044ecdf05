import type { Door } from '../core/door';
import { ProblemError, problem } from '../core/problem';

/** Something that belongs beside what is shown of a tensor: `{0}` in its sentence is `detail`. */
export interface Note {
  readonly template: string;
  readonly args: readonly string[];
}

interface Sentence {
  readonly template: string;
}

/** Why a value of the program is not shown, by the code that the program's side has for it. */
const REFUSALS: Readonly<Record<string, Sentence>> = {
  'no-numpy': { template: 'This value can only be read with NumPy, which the program has not imported.' },
  structured: { template: 'This array has fields ({0}). Inspect one of them: the array, followed by ["its name"].' },
  'not-numbers': { template: 'What this array holds are no numbers ({0}).' },
  fake: { template: 'This tensor is a fake one ({0}): it has a shape and a type, and no values.' },
  meta: { template: 'This tensor is on the device "meta": it has a shape and a type, and no values.' },
  lazy: { template: 'This parameter has no shape yet: the layer makes it when it is first applied.' },
  nested: {
    template: 'A nested tensor has no one shape. Inspect one of its parts: the tensor, followed by .unbind()[0].',
  },
  ragged: {
    template: 'A ragged tensor has no one shape. Inspect one of its rows: the tensor, followed by [0].',
  },
  traced: {
    template: 'This value is being traced ({0}): it stands for all values that the program will have, and has none.',
  },
  capturing: { template: 'A CUDA graph is being captured. To read values now would break that off.' },
  'sparse-large': { template: 'This sparse tensor ({0}) is too large to be written out. Inspect a part of it.' },
  freed: {
    template: 'The values of this tensor have been freed: it was donated, deleted, or is kept elsewhere just now.',
  },
  'unknown-shape': { template: 'The shape of this array is known only when it is computed ({0}).' },
  empty: { template: 'This tensor has no elements: its shape is {0}.' },
  window: { template: 'This part of the value cannot be read.' },
  calls: {
    template:
      'This takes several answers, and {0} calls something, which may give another value for each. Look at a part of at most {1}, or give the value a name in the program.',
  },
  packed: { template: 'Of this type ({0}) an element is no number of its own. PyTorch has no way to read it.' },
  'not-writable': { template: 'Values cannot be put back here: {0} does not take them in place.' },
  'layer-weight': { template: 'The weight of this layer ({0}) is none of a convolution in 1, 2 or 3 dimensions.' },
  'layer-padding': { template: 'The padding of this layer ({0}) has no equal here.' },
  'layer-dilated': { template: 'This layer dilates its input as well, which is not shown here.' },
  busy: {
    template:
      'The program is still busy with what was asked of it before: {0}. Nothing else is asked until it answers.',
  },
  slow: {
    template:
      'The program has not answered for {1} s ({0}). It goes on with it: nothing else is asked until it answers or the program goes on.',
  },
  budget: {
    template:
      'At this stop {0} have been read, which the program keeps until it goes on. Step or continue, and more can be read.',
  },
  changed: { template: 'The tensor changed while it was read. Nothing of it is shown.' },
  expression: { template: 'The expression has no value here. {0}: {1}' },
  syntax: { template: 'This is no expression of Python’s: {0}.' },
  'no-session': { template: 'The debug session that this belongs to is over.' },
  'no-expression': {
    template:
      'The debugger gives no expression for "{0}", so it cannot be read. Inspect what it belongs to, or add it to Watch.',
  },
  'no-tensor': { template: '{0} is no tensor, and none was found in it: it is a {1}.' },
  'not-python': { template: 'This debugger ({0}) does not debug Python. Tensors are read from Python programs.' },
  running: { template: 'The program is running. Tensors are read when it has stopped: pause it, or set a breakpoint.' },
  'no-layer': { template: '{0} is no convolution of PyTorch.' },
  'too-large': { template: 'This is too large to be compared whole.' },
  'other-output': { template: 'Our output has the shape {0}, the program’s tensor {1}: they cannot be compared.' },
  restricted: { template: 'In Restricted Mode nothing of a program is run.' },
  'not-the-same': {
    template: 'What the document shows is no longer the tensor that was read: its shape, or its inspector, is gone.',
  },
  'nothing-to-put': { template: 'The program holds just these values: there is nothing to write.' },
  'nothing-to-take-back': { template: 'Nothing has been put into the program that could be taken back.' },
  'no-answer': { template: 'The kernel put out no answer.' },
  'no-kernel': { template: 'The notebook has no running kernel, or it may not be used.' },
  'stale-output': {
    template:
      'The kernel does not hold this output: since the cell ran, the kernel was started anew or the cell was changed. Run it again.',
  },
  'no-output-value': {
    template:
      'This cell has put out no value. What can be inspected is the value of its last line; what it printed or drew is none.',
  },
  'no-subshells': { template: 'This kernel has no subshells, so that it cannot be asked while a cell runs.' },
  'kernel-elsewhere': {
    template:
      'This kernel is on another machine, or listens in a way that is not known here: it cannot be asked while a cell runs.',
  },
  'not-watched': { template: 'No hook of the inspector is set on this layer.' },
  'not-called': {
    template: 'The layer has not been called since its hook was set. Let the program go on to its next stop.',
  },
  'not-caught': { template: 'The last call of this layer had no tensor as its {0}.' },
  'no-library': { template: 'The program has not imported what could compute this: {0}.' },
  interpreter: { template: '{0} could not compute this. {1}' },
  'no-interpreter': {
    template: 'No Python is chosen for this folder. The Python extension has a command for it: Select Interpreter.',
  },
  'no-process': { template: 'In a browser no interpreter can be started.' },
  'no-stop-before': { template: 'There is no stop before this one to compare it with.' },
  'nothing-inspected': { template: 'Nothing of a program has been inspected yet.' },
  'does-not-enter': { template: '{0}, of shape {1}, does not fit this layer: another number of axes, or of channels.' },
  'no-output': { template: 'The open inspector has no output to compare this with.' },
  'no-reply': { template: 'The debugger answered with nothing.' },
  debugger: { template: 'The debugger refused the question: {0}' },
  failed: { template: 'The program answered with an error. {0}: {1}' },
};

const NOTES: Readonly<Record<string, Sentence>> = {
  masked: { template: 'Masked elements are shown as NaN.' },
  rounded: { template: 'Values of {0} are rounded to float64.' },
  times: { template: 'Times ({0}) are shown as the numbers that they are kept as, and those that are none as NaN.' },
  elsewhere: { template: 'Some shards are in other processes: their elements are shown as NaN, or as 0.' },
  shard: { template: 'This is the part of a distributed tensor that this process holds ({0}).' },
  sparse: { template: 'A sparse tensor ({0}), written out.' },
  quantised: { template: 'Quantised values ({0}) are shown as the numbers that they stand for.' },
  key: { template: 'The numbers of a random key.' },
  'lazy-array': { template: 'What is shown was computed or read by {0}.' },
};

/** So much of what a program says of an error is told. */
const MOST_SAID = 400;

const MEMORY = /out of memory/i;
const DEVICE = /CUDA error|device-side assert|illegal memory access|HIP error/i;

/** A device's errors, told by its own words, in what the program answered with. */
function sentenceOf(code: string, details: readonly string[]): Sentence {
  if (code === 'failed') {
    const said = details.join(' ');
    if (MEMORY.test(said)) return { template: 'The device has no memory left for what had to be computed: {1}' };
    if (DEVICE.test(said))
      return {
        template: 'The device reports an error, most likely of something that the program asked of it before: {1}',
      };
  }
  return Object.hasOwn(REFUSALS, code) ? REFUSALS[code] : { template: 'This value cannot be read.' };
}

/** Of an error of the syntax, what is wrong: what Python says besides is the whole text, and that is not the user's. */
const SAID = /^(?:SyntaxError\()?(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|([^(]*))/;

/** Why an expression has no value, from the error that it raised. */
export function refusalOf(error: string, said: string): ProblemError {
  if (!/^(?:Syntax|Indentation|Tab)Error$/.test(error)) return refusal('expression', error, said.slice(0, MOST_SAID));
  const found = SAID.exec(said);
  return refusal('syntax', (found?.slice(1).find((each) => each) ?? said).trim().slice(0, MOST_SAID));
}

export const refusal = (code: string, ...details: string[]): ProblemError =>
  new ProblemError([problem({ code: `live-${code}`, field: 'program', ...sentenceOf(code, details), args: details })]);

/** Notes of the program's side; what has no sentence here is left out. */
export function parseNotes(door: Door): readonly Note[] {
  return door.items(64).flatMap((each) => {
    const [code, detail] = each.items(2).map((part) => part.text(1000));
    const sentence = Object.hasOwn(NOTES, code ?? '') ? NOTES[code] : undefined;
    return sentence ? [{ template: sentence.template, args: [detail ?? ''] }] : [];
  });
}
