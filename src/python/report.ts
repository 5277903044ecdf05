import type { Operation } from '../core/operation';
import type { Severity } from '../core/problem';

/**
 * What reading a Python file yields. Everything here is data: no node of the syntax tree, no value of the interpreter,
 * so that the host can keep it, compare it and turn `Span` into its own ranges. `LayerReport` of the exported API is
 * `Report` with `span` → `range` and the fields that it does not name left out.
 */

/** Offsets into the analysed text, UTF-16 code units, end exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A size: a number, or an expression over named sizes in Python's syntax (`2*H - 1`, `(W - 1)//2 + 1`). */
export type Dim = number | string;

export type Framework = 'torch' | 'keras' | 'tensorflow' | 'jax' | 'flax' | 'paddle' | 'onnx';

/** What the call does to sizes; decides which facts the report can hold. */
export type Family =
  | 'conv'
  | 'convTranspose'
  | 'pool'
  | 'unpool'
  | 'adaptivePool'
  | 'resize'
  | 'pixelShuffle'
  | 'pixelUnshuffle'
  | 'fold'
  | 'unfold';

/** Where the numbers of a use come from, best first. */
export type ShapeSource = 'user' | 'comment' | 'annotation' | 'declared' | 'example' | 'symbolic';

/**
 * A resolved argument: plain JSON, a symbolic expression being a string in `{ symbol }` so that `'same'` stays a
 * string.
 */
export type ParameterValue = number | string | boolean | null | { readonly symbol: string } | readonly ParameterValue[];

/** How many taps of the kernel reach each output residue modulo the stride (transposed), see `semantics`. */
export interface OverlapFacts {
  /** Entry `r` is the number of taps that reach outputs at residue `r` of the stride. */
  readonly counts: readonly number[];
  readonly even: boolean;
  /** Whether some residue has no tap at all: there the output is the bias, whatever the weights. */
  readonly holes: boolean;
}

/** One spatial axis of one use; symbols and values as in `formula`. */
export interface AxisUse {
  readonly input: Dim;
  readonly output: Dim;
  /** The size formula in symbols, `o = …` without the `o =`. */
  readonly formula: string;
  /** The same with the values in it. */
  readonly substituted: string;
  /** Extent `K = d(k−1)+1` of the kernel on this axis: the layer's own receptive (transposed: projective) field. */
  readonly extent?: Dim;
  readonly overlap?: OverlapFacts;
}

export interface Use {
  readonly inputShape: readonly Dim[];
  readonly outputShape: readonly Dim[];
  /** The call that applies the layer, when it stands in this file. */
  readonly span?: Span;
  readonly source: ShapeSource;
  /** Key of `AnalysisRequest.inputShapes` that would set the shape from which this use derives. */
  readonly inputKey?: string;
  readonly axes: readonly AxisUse[];
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  readonly weightShape?: readonly Dim[];
  readonly parameterCount?: Dim;
  /** Multiply-adds for the whole batch, padding taps counted. */
  readonly multiplyAdds?: Dim;
  /**
   * Receptive field in elements of the network's input, per spatial axis, along the widest path; missing when unknown.
   */
  readonly receptiveField?: readonly Dim[];
  /** In PyTorch's convention, when every parameter is a known number and the family has one. */
  readonly operation?: Operation;
  /** Set when `inputShape` and `outputShape` have their channels last, as Keras has them unless told otherwise. */
  readonly channelsLast?: boolean;
}

/** A file from which the program would read a layer's weight, known from the code alone. */
export interface WeightSource {
  /**
   * As the code says it, its constants followed: `weights/unet.safetensors`; with `__file__` in it, as long as that
   * file's own name.
   */
  readonly path: string;
  /** The tensor in it, `up1.weight`; missing where the file is the tensor. */
  readonly name?: string;
  /** The file whose code reads it. */
  readonly by: string;
}

/** A place where the layer's variable stands: hovering it tells the same as hovering the call. */
export interface Mention {
  readonly span: Span;
  readonly role: 'definition' | 'use';
  /** As written, `self.up1`. */
  readonly name: string;
}

export interface TextEdit {
  readonly span: Span;
  readonly text: string;
}

/** Values of a call's own arguments, as Python writes them, with which a problem would be gone. */
export interface ArgumentRepair {
  readonly kind: 'set' | 'swap';
  readonly values: Readonly<Record<string, string>>;
  readonly preferred: boolean;
}

/** What would mend a problem, told by the reading of the code; `mend/` makes edits of its text. */
export type Repair =
  | ArgumentRepair
  /** The output is to have so many elements more on each spatial axis, or fewer. */
  | { readonly kind: 'enlarge'; readonly by: readonly number[] };

export interface ReportProblem {
  /** One of `PROBLEM_CODES`. */
  readonly code: string;
  readonly severity: Severity;
  readonly span: Span;
  readonly template: string;
  readonly args: readonly (string | number)[];
  /** English, the template filled. */
  readonly message: string;
  /** The framework's own words, never translated. */
  readonly framework?: string;
  readonly repairs: readonly Repair[];
}

/** An error of the analysis itself. Its message may quote what was read. */
export interface Fault {
  readonly name: string;
  readonly message: string;
  readonly stack: string;
}

/** A code that a comment names. */
export interface NamedCode {
  readonly name: string;
  readonly span: Span;
}

/** What an author says to a problem that is none: `# tconv: ignore`, `ignore[code]`, `ignore-file`. */
export interface Ignore {
  /** From its `#` on, in a comment that may say more before and after it. */
  readonly span: Span;
  /** Missing where it speaks of every code. */
  readonly codes?: readonly NamedCode[];
  readonly scope:
    | 'file'
    /** Whatever begins within `covers`, a statement. */
    | 'statement'
    /** The calls that stand, at least in part, on the line that `covers` is. */
    | 'line';
  readonly covers: Span;
}

/** One convolution-like call of the file. */
export interface Report {
  /** Resolved: `torch.nn.ConvTranspose2d`. */
  readonly callee: string;
  readonly framework: Framework;
  readonly family: Family;
  /** Number of spatial axes. */
  readonly rank: number;
  /** The whole call expression. */
  readonly span: Span;
  /** The callee within it, `nn.ConvTranspose2d`. */
  readonly calleeSpan: Span;
  /**
   * Arguments that are the same in every way in which the call is reached, under the framework's names; a missing key
   * is not known.
   */
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  /** Where the value of each argument that the call itself writes stands; `*args` and defaults have none. */
  readonly argumentSpans: Readonly<Record<string, Span>>;
  /** Where a further keyword argument can be inserted (just before the closing parenthesis). */
  readonly insertAt: number;
  readonly weightShape?: readonly Dim[];
  readonly parameterCount?: Dim;
  /** Distinct ways in which the layer is applied, in order of execution. */
  readonly uses: readonly Use[];
  /** An application that the framework refuses, for a layer that is not applied in any other way. It has no output. */
  readonly refused?: Use;
  readonly mentions: readonly Mention[];
  /** Each once, the one read last first: a call may make several layers. */
  readonly weights?: readonly WeightSource[];
  readonly problems: readonly ReportProblem[];
  /** Set when the text around it does not parse now and this is the last good answer, moved to where it stands. */
  readonly stale?: boolean;
}

/** Another file as the host last saw it. `version` changes whenever the text does. */
export interface ModuleSource {
  readonly path: string;
  readonly text: string;
  readonly version: string | number;
  /** It belongs to an installed package: of such a file only what is asked of it is run. */
  readonly installed?: boolean;
}

/**
 * The rest of the workspace and what is installed, as far as imports need it. Must answer at once: the host loads ahead
 * and re-analyses.
 */
export interface ProjectView {
  /** As long as it is the same, what is asked below is answered as before, and asking again does nothing else. */
  state?(): string;
  /**
   * `from ..blocks import X` in `fromPath` asks for `('blocks', 2)`; `import a.b` for `('a.b', 0)`. `undefined`: not in
   * the workspace, or not loaded yet.
   */
  resolve(fromPath: string, module: string, level: number): ModuleSource | undefined;
  /**
   * A file of data by the path that a program opens it with, absolute or from where it runs; `undefined` as above, and
   * where it may be one of several that differ.
   */
  data?(fromPath: string, path: string): ModuleSource | undefined;
  /** Files that import this one (tests, training scripts): there the example calls and construction sites are found. */
  importers?(path: string): readonly ModuleSource[];
}

/** A function whose tensor parameter has no shape of its own: where *Set input shape* applies. */
export interface InputPoint {
  /** `UNet.forward:x`. */
  readonly key: string;
  /** The parameter in the function's head. */
  readonly span: Span;
  readonly shape?: readonly Dim[];
  readonly source: ShapeSource;
}

/** Why a size or a shape is not known: the one thing that is missing. */
export interface Why {
  readonly template: string;
  readonly args: readonly (string | number)[];
  /** English, the template filled. */
  readonly message: string;
  /** Where it is asked for, when that stands in this file. */
  readonly span?: Span;
  /** The same in another one; the line counts from 1. */
  readonly elsewhere?: { readonly path: string; readonly line: number };
  /** Key of `AnalysisRequest.inputShapes` that would supply it. */
  readonly inputKey?: string;
}

/** A call through which a line is reached. */
export interface CallStep {
  /** What is called, as written: `self.enc1`. */
  readonly name: string;
  /** The whole call. */
  readonly span: Span;
}

/** A tensor that a line of code leaves under a name, or returns. */
export interface LineShape {
  /** As written; `return` for what a function returns. */
  readonly name: string;
  /** The name, or the expression that is returned. */
  readonly span: Span;
  /** Where the statement ends. */
  readonly behind: number;
  /** The function in which it stands, `UNet.forward`; empty at the top of the file. */
  readonly within: string;
  /** Distinct, in order of execution; none where nothing is known. */
  readonly shapes: readonly (readonly Dim[])[];
  /**
   * Where several calls lead to several shapes: for each, the calls of this file through which it came about first, the
   * outermost first.
   */
  readonly paths?: readonly (readonly CallStep[])[];
  /** What is missing where a size, or all of them, is not known. */
  readonly why: readonly Why[];
}

/** A class of the file that is run as a whole: a model. */
export interface Network {
  readonly name: string;
  /** The method that runs it, `forward`. */
  readonly entry: string;
  /** The first line of the class. */
  readonly span: Span;
  readonly inputs: readonly { readonly name: string; readonly shape?: readonly Dim[] }[];
  /** What it gives, where that is one tensor of known rank. */
  readonly output?: readonly Dim[];
  readonly source: ShapeSource;
  /** What is missing where a size of its inputs is not known. */
  readonly why: readonly Why[];
}

export interface AnalysisRequest {
  readonly path: string;
  readonly text: string;
  /** Tell of every line and of every model as well, and why what is not known is not; it takes longer. */
  readonly lines?: boolean;
  readonly project?: ProjectView;
  /** The last analysis of this path: its tree, unchanged parts and last good answers are used again. */
  readonly previous?: Pick<ModuleAnalysis, 'path' | 'memo'>;
  /** What the user set, by `InputPoint.key`. */
  readonly inputShapes?: Readonly<Record<string, readonly Dim[]>>;
}

/** A report, and where it stands: so many code units further on than it says. */
export interface PlacedReport {
  readonly report: Report;
  readonly by: number;
  /** What the report itself says of that need not hold where it stands now. */
  readonly stale: boolean;
}

/** An analysis with its reports as they were made: who keeps them has most of them already, and moves them. */
export interface FileAnalysis extends Omit<ModuleAnalysis, 'reports'> {
  /** In order of the call's place in the text. */
  readonly placed: readonly PlacedReport[];
}

export interface ModuleAnalysis {
  readonly path: string;
  /** In order of the call's place in the text. */
  readonly reports: readonly Report[];
  /** Problems of lines that are no layer call (`torch.cat` of unequal sizes, `view` of a wrong total). */
  readonly problems: readonly ReportProblem[];
  readonly inputs: readonly InputPoint[];
  /** Where the request asked for them; in the order of the text. */
  readonly lines?: readonly LineShape[];
  readonly networks?: readonly Network[];
  /** Missing where there are none. */
  readonly ignores?: readonly Ignore[];
  /** Other files that were read, so that the host knows when to analyse again. */
  readonly dependencies: readonly Pick<ModuleSource, 'path' | 'version'>[];
  /** The text does not parse as a whole; some reports may be `stale`. */
  readonly broken: boolean;
  /** A part of it took too many steps; what is reported holds, but there may be more. */
  readonly incomplete: boolean;
  /** Errors of the analysis itself, each once: what it was working on is missing. */
  readonly faults?: readonly Fault[];
  /** For the next analysis only; opaque. */
  readonly memo?: unknown;
}
