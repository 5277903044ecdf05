import type { DataRead, Resolution } from '../evaluate/modules';
import type { Findings } from '../findings/findings';
import type { FoundInput } from '../inputs/declare';
import type { CallPlace, Value } from '../model/value';
import type { Fault } from '../report';
import type { Statement } from '../syntax/ast';
import type { Chunk } from '../syntax/chunk';
import type { ParsedFile } from '../syntax/parse';
import type { Stage } from './checkpoint';
import type { Dependencies } from './dependencies';
import type { Over } from './passedOver';
import type { Stirring } from './stirring';

/** What became of running something beside what it found. */
export interface Ran {
  /** Whether it took too many steps. */
  readonly cut: boolean;
  readonly faults: readonly Fault[];
  /** What its imports were found to mean. */
  readonly resolutions: readonly Resolution[];
}

/** What running one entry point gave. */
export interface Entry extends Ran {
  /** What the program had told libraries before. */
  readonly settings: string;
  /** The mark of what of the file it may depend on, see `dependenciesOf`. */
  readonly depends: number;
  readonly found: Findings;
  readonly aside: Findings;
  readonly over: Over;
  readonly inputs: readonly FoundInput[];
  readonly covered: ReadonlySet<object>;
}

/** What a top-level statement that runs something gave, and the tensors that it left under names. */
export interface Script extends Omit<Entry, 'inputs'> {
  readonly applied: ReadonlySet<CallPlace>;
  /** What had changed something when it ran, see `Unsettled.state`. */
  readonly after: string;
  readonly left: readonly (readonly [name: string, value: Value])[];
}

export interface Memo {
  readonly parsed: ParsedFile;
  readonly scripts: ReadonlyMap<Chunk, Script>;
  readonly entries: ReadonlyMap<object, Entry>;
  readonly dependencies: Dependencies;
  /** The statements that changed more than what they name. */
  readonly stirring: ReadonlyMap<Chunk, Stirring>;
  readonly resolutions: readonly Resolution[];
  readonly dataReads: ReadonlyMap<string, DataRead>;
  readonly inputShapes: string;
  /** Whether lines were told of. */
  readonly lines: boolean;
  /** That of the project, where the reading has asked for nothing that is not known. */
  readonly state: string | undefined;
  /** The statement that was edited last, and the stage from which the next reading could go on. */
  readonly edited?: { readonly at: number; readonly stage: Stage };
}

/** What a reading has come to. */
export interface Progress {
  readonly found: Findings[];
  readonly aside: Findings[];
  readonly inputs: FoundInput[];
  readonly entries: Map<object, Entry>;
  readonly scripts: Map<Chunk, Script>;
  readonly seen: Set<Statement>;
  /** As in `Memo`. */
  readonly stirring: Map<Chunk, Stirring>;
  /** Of what was used again. */
  readonly kept: Ran[];
  /** What the script told libraries, and which of that other files tell otherwise. */
  readonly settings: Map<string, Value>;
  readonly changed: Set<string>;
}

export const nothingYet = (): Progress => ({
  found: [],
  aside: [],
  inputs: [],
  entries: new Map(),
  scripts: new Map(),
  seen: new Set(),
  stirring: new Map(),
  kept: [],
  settings: new Map(),
  changed: new Set(),
});

export const copyOf = (progress: Progress): Progress => ({
  found: [...progress.found],
  aside: [...progress.aside],
  inputs: [...progress.inputs],
  entries: new Map(progress.entries),
  scripts: new Map(progress.scripts),
  seen: new Set(progress.seen),
  stirring: new Map(progress.stirring),
  kept: [...progress.kept],
  settings: new Map(progress.settings),
  changed: new Set(progress.changed),
});

export const isMemo = (memo: unknown): memo is Memo =>
  typeof memo === 'object' && memo !== null && 'parsed' in memo && 'entries' in memo;
