import { modelFile, sharedBlockFile } from './models';

/** What is called a long file here. */
export const LINES = 2000;

/** Texts read before any figure is taken, and texts that are then measured; no two have a layer in common. */
export const WARM = 12;
export const MEASURED = 20;

/** Key presses of each kind, and how many of them come before any figure is taken. */
export const KEYS = 80;
export const WARM_KEYS = 4;

/** A text as it is typed: the versions that take turns. */
export interface Typing {
  readonly what: string;
  readonly versions: readonly string[];
}

export const IN_SHARED_BLOCK = 'in a block with which 69 models begin';

export function typing(): readonly Typing[] {
  const text = modelFile(LINES, 0);
  const digit = (from: number, of = text): readonly string[] => {
    const call = 'nn.Conv2d(cout, cout, ';
    const at = of.indexOf(call, from) + call.length;
    return ['5', '3'].map((kernel) => of.slice(0, at) + kernel + of.slice(at + 1));
  };
  const middle = text.indexOf('\n', text.length / 2) + 1;
  const statement = text.indexOf('        self.pool', text.length / 2);
  const broken = `${text.slice(0, statement)}        self.more = nn.Conv2d(\n${text.slice(statement)}`;
  return [
    { what: 'in the middle', versions: digit(text.length / 2) },
    { what: 'near the top', versions: digit(0) },
    { what: 'near the end', versions: digit(text.lastIndexOf('class Block')) },
    { what: 'breaking the syntax and mending it', versions: [broken, text] },
    { what: 'a line more, a line less, at the top', versions: [text.replace('\n\n', '\n\n\n'), text] },
    {
      what: 'a line more, a line less, in the middle',
      versions: [`${text.slice(0, middle)}\n${text.slice(middle)}`, text],
    },
    { what: IN_SHARED_BLOCK, versions: digit(0, sharedBlockFile(LINES)) },
  ];
}

/** A workspace of files of 200 lines, none with a layer of another. */
export const workspaceFiles = (count = 200): { readonly path: string; readonly text: string }[] =>
  Array.from({ length: count }, (_, index) => ({ path: `file:///w/m${index}.py`, text: modelFile(200, index) }));

export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
