// An interpreter of the user's, started for one question. A browser has none: see `interpreter.web.ts`.
import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { BOOT } from '../../live/interpreter';
import type { Library } from '../../live/expression';
import type { Program } from '../../live/reader';
import { refusal } from '../../live/sentences';

/** A framework that is imported for the first time takes its time; longer than this is given up, in ms. */
export const PATIENCE_OF_STARTING = 180_000;

/** So much of what it says is kept. An answer has at most 8 MiB of values, in base64. */
const MOST_TEXT = 2 ** 24;
const MOST_SAID = 400;

const lastLine = (text: string): string => text.trim().split('\n').at(-1)?.slice(0, MOST_SAID) ?? '';

/** Where each question starts the interpreter anew, with a library imported, and ends it. */
export const interpreterProgram = (executable: string, library: Library, signal?: AbortSignal): Program => ({
  evaluate: (expression) =>
    new Promise((resolve, reject) => {
      const child = spawn(executable, ['-c', BOOT, library], {
        cwd: tmpdir(),
        timeout: PATIENCE_OF_STARTING,
        windowsHide: true,
        ...(signal && { signal }),
      });
      let [answer, said] = ['', ''];
      const fail = (why: string): void => {
        reject(refusal('interpreter', executable, why));
      };
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        answer += text;
        if (answer.length > MOST_TEXT) child.kill();
      });
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        said = `${said}${text}`.slice(-MOST_TEXT / 64);
      });
      // Of one that has ended before it has read the question, this says nothing that its end does not.
      child.stdin.on('error', () => undefined);
      child.once('error', (error) => {
        fail(error.message);
      });
      child.once('close', (code) => {
        if (code === 0) resolve(answer);
        else fail(lastLine(said));
      });
      child.stdin.end(expression);
    }),
});
