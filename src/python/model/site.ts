import type { Operation } from '../../core/operation';
import type { Problem, Severity } from '../../core/problem';
import type {
  AxisUse,
  Family,
  Framework,
  Mention,
  Repair,
  ReportProblem,
  ShapeSource,
  Use,
  WeightSource,
} from '../report';
import type { Signature } from './library';
import type { Size } from '../sizes/size';
import type { Call } from '../syntax/ast';
import type { Chunk } from '../syntax/chunk';
import type { CallPlace, Value } from './value';

export interface SiteProblem {
  readonly problem: Pick<Problem, 'code' | 'severity' | 'template' | 'args' | 'message' | 'framework'>;
  /** The arguments that the squiggle marks; the whole call when none of them is written in it. */
  readonly arguments: readonly string[];
  /** It is an error with the defaults of what nobody calls in sight, and told as a warning. */
  readonly softened?: true;
  /** Where it shows, when that is not at the constructor. */
  readonly place?: CallPlace;
  readonly repairs: readonly Repair[];
}

/** The part of a `Use` that is the same wherever in a program the same layer is applied to the same shape. */
export type PrintedApplication = Omit<Use, 'span' | 'source' | 'inputKey' | 'receptiveField'>;

/** What a layer makes of a shape. */
export interface Application {
  readonly parameters: ReadonlyMap<string, Value>;
  readonly inputShape: readonly Size[];
  readonly outputShape: readonly Size[];
  /** Worked out when asked for: most runs only look for shapes. */
  readonly axes: () => readonly AxisUse[];
  readonly weightShape?: readonly Size[];
  readonly parameterCount?: Size;
  readonly multiplyAdds?: Size;
  readonly operation?: Operation;
  readonly channelsLast?: boolean;
  /** What tells it from others, once it has been asked for. */
  key?: string;
  /** Printing is the dearest part of a report; what is found again is printed once. */
  printed?: PrintedApplication;
}

/** One application of a layer, as found; turned into a `Use` when the analysis is done. */
export interface FoundUse {
  readonly application: Application;
  readonly place: CallPlace;
  /** Found by running the program as it stands, not a class by itself. */
  readonly real: boolean;
  readonly source: ShapeSource;
  readonly inputKey?: string;
  readonly receptiveField?: readonly number[];
}

export interface Made {
  readonly parameters: ReadonlyMap<string, Value>;
  weightShape?: readonly Size[];
}

/** One call expression that makes or applies a layer, with everything found out about it. */
export interface Site {
  readonly callee: string;
  readonly framework: Framework;
  readonly family: Family;
  /** Of layers whose arguments decide it, known when they run. */
  rank: number;
  readonly call: Call;
  readonly signature: Signature;
  /** Arguments as bound in each way in which the call was reached. */
  readonly made: Made[];
  readonly uses: FoundUse[];
  /** Applications that are refused. */
  readonly attempts: FoundUse[];
  readonly problems: SiteProblem[];
  readonly mentions: { readonly chunk: Chunk; readonly mention: Mention }[];
}

/** A problem that stands at a place which is no layer call. */
export interface LooseProblem {
  readonly place: CallPlace;
  readonly problem: Omit<ReportProblem, 'span' | 'repairs'>;
  /** What is written there was right, or may have been, once: then it is not told of, whatever else was found. */
  readonly agreed?: true;
}

/** What a library says of a callable: enough to open the record of a call of it. */
export interface Described {
  readonly callee: string;
  readonly framework: Framework;
  readonly family: Family;
  readonly rank: number;
  readonly signature: Signature;
}

/** Where that which is found out is noted; whether it is told depends on the mode in which it was found. */
export interface Recorder {
  /** Whether what is found out now is told to anybody. */
  readonly tells: boolean;
  /** Whether uses of layers are noted now. */
  readonly records: boolean;
  /** The record of a call, in what the entry point that runs has found. */
  site(call: Call, described: Described): Site;
  /** Adds a problem to a list of them, unless what runs now is only to show which errors come again. */
  say<T extends Said>(list: T[], entry: T, place: CallPlace): void;
  /** A problem of a layer; `certain`: only where no undecided condition surrounds it. */
  problem(site: Site | undefined, problem: SiteProblem, certain?: boolean): void;
  /** A problem at a place that is no layer call. */
  loose(problem: LooseProblem): void;
  /** A file from which the program reads a layer's weights. */
  loaded(call: Call, source: WeightSource): void;
}

/** What every problem that is said has. */
export interface Said {
  readonly problem: { readonly code: string; readonly severity: Severity };
}
