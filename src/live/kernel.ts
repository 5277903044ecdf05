import type { Program } from './reader';
import { refusal, refusalOf } from './sentences';

/** What a kernel puts out, as the Jupyter extension has it. */
export interface KernelOutput {
  readonly items: readonly { readonly mime: string; readonly data: Uint8Array }[];
}

/** A kernel that runs code: the part of the Jupyter extension's published API that is used here. */
export interface Kernel {
  /** The code runs silently: it is not counted, and leaves no history. */
  executeCode(code: string): AsyncIterable<KernelOutput>;
}

/** Told apart from whatever else a cell may put out at the same time. */
const MIME = 'application/vnd.transposed-conv.answer';
const ERROR = 'application/vnd.code.notebook.error';

function errorOf(text: string): Error {
  const { name, message } = JSON.parse(text) as { readonly name?: unknown; readonly message?: unknown };
  return refusalOf(String(name), String(message));
}

/**
 * A kernel as a program. What is asked of it is one expression, whose value is put out as data of a type of ours; it
 * has no value itself, so that nothing is numbered or kept.
 */
export const kernelProgram = (kernel: Kernel): Program => ({
  evaluate: async (expression) => {
    const code = `__import__("IPython").display.display({"${MIME}": ${expression}}, raw=True)`;
    const decoder = new TextDecoder();
    let [answer, raised]: [string | undefined, string | undefined] = [undefined, undefined];
    // Heard to its end: who breaks off would find the rest of it in front of the next answer.
    for await (const { items } of kernel.executeCode(code)) {
      for (const { mime, data } of items) {
        if (mime === MIME) answer = decoder.decode(data);
        if (mime === ERROR) raised = decoder.decode(data);
      }
    }
    if (raised !== undefined) throw errorOf(raised);
    if (answer === undefined) throw refusal('no-answer');
    return answer;
  },
});
