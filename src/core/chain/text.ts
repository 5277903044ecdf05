import { problem, ProblemError } from '../problem';
import { type Chain, MOST_STAGES, type PerAxis, type Stage } from './stage';

type Sides = readonly (readonly [number, number])[];

/** What stages are called where they are written, with the letters of their numbers. */
const WORDS = {
  conv: 'k s p d',
  tconv: 'k s p d op',
  maxpool: 'k s p d',
  avgpool: 'k s p',
  resize: 'x',
  shuffle: 'r',
  unshuffle: 'r',
  pad: 'p',
  crop: 'p',
  cat: 'from crop',
  add: 'from crop',
} as const;

type Word = keyof typeof WORDS;
const isWord = (word: string): word is Word => word in WORDS;

function refuse(code: string, template: string, ...args: readonly (string | number)[]): never {
  throw new ProblemError([problem({ code, field: 'document', template, args })]);
}

const natural = (text: string, least: number, name: string): number => {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least || value > 65_536)
    refuse('chain-number', '{0} must be a whole number from {1} on, not "{2}"', name, least, text);
  return value;
};

/** `3`, `3×5` or `3x5`: one number for all axes, or one for each. */
const numbers = (text: string, least: number, name: string): PerAxis =>
  text.split(/[×x]/).map((each) => natural(each, least, name));

/** `1`, `1:0` (begin and end), `1×2:0`. */
const sides = (text: string, name: string): Sides =>
  text.split(/[×x]/).map((each) => {
    const [begin, end = begin, ...more] = each.split(':');
    if (more.length > 0) refuse('chain-sides', '{0} has a beginning and an end, as in 1:0, not "{1}"', name, each);
    return [natural(begin, 0, name), natural(end, 0, name)] as const;
  });

/** The numbers behind a word, by their letters; `k3` or `k=3`. */
function lettersOf(word: Word, parts: readonly string[]): ReadonlyMap<string, string> {
  const known: readonly string[] = WORDS[word].split(' ');
  const found = new Map<string, string>();
  for (const part of parts) {
    const [, letters, value] = /^([a-z]+)=?([\d.:×x]+)$/.exec(part) ?? [];
    // "shuffle 2" and "cat 1": where it is plain which number is meant, its letter may be left out.
    const isPlain = known.length === 1 || known[0] === 'from';
    const name = letters ?? (isPlain ? known[0] : undefined);
    if (name === undefined || !known.includes(name))
      refuse('chain-part', '"{0}" is no part of {1}; known are {2}', part, word, known.join(', '));
    found.set(name, value ?? part);
  }
  return found;
}

/**
 * A stage from its line: `conv k3 s2 p1`, `tconv k4 s2 p1 op0`, `maxpool k2`, `resize x2 bilinear corners`,
 * `shuffle 2`, `pad 1:0`, `cat 2`, `cat 2 crop0:1`. Throws a ProblemError that says what is wrong with it.
 */
export function parseStage(line: string): Stage {
  const [word = '', ...rest] = line
    .trim()
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(Boolean);
  if (!isWord(word)) refuse('chain-word', '"{0}" is no stage; known are {1}', word, Object.keys(WORDS).join(', '));
  const flags = rest.filter((part) => /^(nearest|bilinear|linear|corners|ceil)$/.test(part));
  const letters = lettersOf(
    word,
    rest.filter((part) => !flags.includes(part)),
  );
  const per = (letter: string, least: number, otherwise: PerAxis): PerAxis =>
    letters.has(letter) ? numbers(letters.get(letter) ?? '', least, letter) : otherwise;
  const around = (letter: string): Sides => (letters.has(letter) ? sides(letters.get(letter) ?? '', letter) : [[0, 0]]);
  const one = (letter: string, least: number): number => natural(letters.get(letter) ?? '', least, letter);
  switch (word) {
    case 'conv':
    case 'tconv':
    case 'maxpool':
    case 'avgpool': {
      if (!letters.has('k')) refuse('chain-kernel', '{0} needs a kernel, as in k3', word);
      const kernel = per('k', 1, []);
      const pools = word === 'maxpool' || word === 'avgpool';
      const slides = {
        kernel,
        // A pooling without a stride has that of its kernel.
        stride: per('s', 1, pools ? kernel : [1]),
        padding: around('p'),
        dilation: per('d', 1, [1]),
      };
      if (word === 'conv') return { kind: 'conv', ...slides };
      if (word === 'tconv') return { kind: 'convTranspose', ...slides, outputPadding: per('op', 0, [0]) };
      return { kind: 'pool', ...slides, ceil: flags.includes('ceil') };
    }
    case 'resize': {
      const scale = (letters.get('x') ?? '').split('×').map(Number);
      if (scale.some((each) => !(each > 0 && each <= 64)))
        refuse('chain-factor', '{0} must be a factor above 0, as in x2', 'resize');
      const linear = flags.includes('bilinear') || flags.includes('linear');
      return { kind: 'resize', scale, mode: linear ? 'linear' : 'nearest', corners: flags.includes('corners') };
    }
    case 'shuffle':
    case 'unshuffle':
      return { kind: word, factor: one('r', 1) };
    case 'pad':
    case 'crop':
      return { kind: word, sides: around('p') };
    case 'cat':
    case 'add':
      return { kind: 'join', how: word, from: one('from', 0), crop: around('crop') };
    default:
      return word satisfies never;
  }
}

const written = (values: PerAxis): string => values.join('×');
const writtenSides = (values: Sides): string =>
  values.map(([begin, end]) => (begin === end ? String(begin) : `${begin}:${end}`)).join('×');

/** The line of a stage: what `parseStage` reads as the same stage. */
export function stageText(stage: Stage): string {
  switch (stage.kind) {
    case 'conv':
    case 'convTranspose':
    case 'pool': {
      const name = { conv: 'conv', convTranspose: 'tconv', pool: 'maxpool' }[stage.kind];
      const parts = [name, `k${written(stage.kernel)}`, `s${written(stage.stride)}`];
      if (writtenSides(stage.padding) !== '0') parts.push(`p${writtenSides(stage.padding)}`);
      if (written(stage.dilation) !== '1') parts.push(`d${written(stage.dilation)}`);
      if (stage.kind === 'convTranspose' && written(stage.outputPadding) !== '0')
        parts.push(`op${written(stage.outputPadding)}`);
      if (stage.kind === 'pool' && stage.ceil) parts.push('ceil');
      return parts.join(' ');
    }
    case 'resize': {
      const mode = stage.mode === 'linear' ? ' bilinear' : '';
      return `resize x${written(stage.scale)}${mode}${stage.corners ? ' corners' : ''}`;
    }
    case 'shuffle':
    case 'unshuffle':
      return `${stage.kind} ${stage.factor}`;
    case 'pad':
    case 'crop':
      return `${stage.kind} ${writtenSides(stage.sides)}`;
    case 'join': {
      const crop = writtenSides(stage.crop);
      return `${stage.how} ${stage.from}${crop === '0' ? '' : ` crop${crop}`}`;
    }
    default:
      return stage satisfies never;
  }
}

/** A chain from its lines, or stages with arrows between them. Throws a ProblemError; at most twelve stages. */
export function parseChain(text: string): Chain {
  const lines = text.split(/\n|→|->|;/).filter((line) => line.trim() !== '');
  if (lines.length > MOST_STAGES)
    refuse('chain-many', 'a chain has at most {0} stages, not {1}', MOST_STAGES, lines.length);
  return lines.map(parseStage);
}
