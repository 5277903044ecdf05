import { join } from 'node:path';
import { run } from '../../../src/cli/run';

export const FIXTURES = join(process.cwd(), 'test/fixtures/command');
export const PROJECT = join(FIXTURES, 'project');

/** What a command line prints in a folder, and its exit status. */
export interface Ran {
  readonly out: string;
  readonly error: string;
  readonly status: number;
}

/** Runs a command line in this process. */
export async function command(args: readonly string[], folder = PROJECT): Promise<Ran> {
  let [out, error] = ['', ''];
  const terminal = {
    folder,
    out: (text: string): void => void (out += text),
    error: (text: string): void => void (error += text),
    coloured: false,
  };
  const status = await run(args, terminal, '0.1.0', new AbortController().signal);
  return { out, error, status };
}
