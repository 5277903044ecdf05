import { brief, type Contents, damaged, type LeftOut, type TensorEntry } from '../format';
import { ProblemError } from '../../problem';
import { isBytes, isDict, isGlobal, isList, isMade, isPersistent, type Pickled } from './pickle';

export interface WalkOptions {
  /** The tensor that a value is; undefined for what is none. Throws a ProblemError for one that cannot be read. */
  tensor(value: Pickled, name: string): TensorEntry | undefined;
  parts(value: Pickled): readonly (readonly [name: string, part: Pickled])[];
}

const DEEPEST = 100;
/** A value may be referred to from many places: what is walked has an end all the same. */
const MOST_VISITED = 1_000_000;
/** Of what is no tensor, more would tell nobody more. */
const MOST_LEFT = 1000;

function kindOf(value: Pickled): string {
  if (value === null) return 'None';
  if (isMade(value)) return value.by;
  if (isGlobal(value)) return value.name;
  if (isList(value) || isDict(value) || isBytes(value)) return value.kind;
  if (isPersistent(value)) return 'storage';
  return typeof value === 'string'
    ? 'str'
    : typeof value === 'boolean'
      ? 'bool'
      : Number.isInteger(value)
        ? 'int'
        : 'float';
}

/**
 * All tensors in what a pickle describes, named by the way that leads to them, `state_dict.conv.weight`; and what is no
 * tensor, which is listed and not made.
 */
export function tensorsIn(root: Pickled, { tensor, parts }: WalkOptions): Contents {
  const entries: TensorEntry[] = [];
  const left: LeftOut[] = [];
  let visited = 0;
  const leave = (name: string, why: LeftOut['why']): void => {
    if (left.length < MOST_LEFT) left.push({ name, why });
  };
  const visit = (value: Pickled, name: string, depth: number): void => {
    if (++visited > MOST_VISITED || depth > DEEPEST)
      throw damaged('pickle-deep', 'What the pickle describes is too deep, or refers to itself.');
    try {
      const found = tensor(value, name);
      if (found) {
        entries.push(found);
        return;
      }
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      leave(name, error.problems[0]);
      return;
    }
    const inner = parts(value);
    for (const [part, each] of inner)
      visit(each, name === '' ? part : part === '' ? name : `${name}.${part}`, depth + 1);
    if (inner.length === 0 && !isDict(value) && !isList(value))
      leave(name, damaged('no-tensor', 'This is no tensor: {0}.', brief(kindOf(value))).problems[0]);
  };
  visit(root, '', 0);
  return { entries, left };
}
