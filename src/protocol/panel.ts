import type { Cell } from '../core/explain/contributions';
import type { Found, Sought } from '../core/explain/find';
import type { Dtype, Operation } from '../core/operation';
import type { Problem } from '../core/problem';
import type { PixelKernels } from '../core/state/document';
import type { Compared } from '../core/tensor/against';
import type { PlaneRequest, TensorName } from '../core/tensor/plane';
import type { Sight, Watch } from '../core/tensor/look';
import type { Optimizer } from '../core/training/optimizers';
import type { Training, TrainingQuestion } from '../core/training/training';
import type { Against, Comparison, Method } from '../core/upsampling/comparison';
import type { LessonPage, LessonTitle } from './learn';
import type { News } from './news';
import type { Place } from './place';
import type { Strings } from './strings';

/**
 * What the inspector is doing, and for which revision of the document. A status of an older revision is not shown after
 * that of a newer one.
 */
export type Status =
  | { readonly case: 'computing'; readonly revision: number; readonly done: number }
  | { readonly case: 'ready'; readonly revision: number; readonly milliseconds: number }
  /** The problems of the head say why. */
  | { readonly case: 'invalid'; readonly revision: number }
  | { readonly case: 'failed'; readonly revision: number; readonly message: string };

/**
 * How the inspector stands to the call in code that it came from: both say the same; the inspector has changes that
 * were not applied; both have changed, and the user is to say which stay (`settleCode`); the call is gone.
 */
export type CodeState = 'inStep' | 'ahead' | 'asks' | 'parted';

/** The document without its tensors, of which only what is watched is sent. */
export interface DocumentHead {
  readonly revision: number;
  /** What the document is called: its file's name without the extension. */
  readonly title: string;
  readonly operation: Operation;
  readonly dtype: Dtype;
  readonly inputShape: readonly number[];
  readonly weightShape: readonly number[];
  readonly biasShape?: readonly number[];
  /** Those of the pixel transposed convolution, where they were edited. */
  readonly pixelKernels?: PixelKernels;
  /** What is illegal, in the user's language; empty when there is a plan. */
  readonly problems: readonly Problem[];
  /** Where the document came from, in words: a file, a call in code. `reveal` shows it. */
  readonly origin?: string;
  /** The lesson that the document is of, by its id. */
  readonly lesson?: string;
  /** The call in code that the parameters came from, when they can be written back. */
  readonly code?: { readonly label: string; readonly state: CodeState };
  /** What one of its tensors is held against, by its name; `marked` are the cells that changed, by flat index. */
  readonly against?: {
    readonly tensor: 'input' | 'weight' | 'output';
    readonly name: string;
    /** Counts what the document was held against. */
    readonly serial: number;
    readonly marked: readonly number[];
  };
  readonly undo?: string;
  readonly redo?: string;
}

/** The values that are watched, and the head of the document whose input, kernel and bias they are. */
export interface Received {
  readonly head: DocumentHead;
  readonly sight: Sight;
}

/**
 * Everything that changed since the last update. What is on show can belong to three different revisions of the
 * document, because an edit changes the document first, the values on show after that, and the output last:
 *
 * - *edited* is the document as it stands, with every edit in it. It may be illegal.
 * - *received* is the document whose input, kernel and bias are on show. It may be illegal too.
 * - *computed* is the document whose output is on show: the last one that was legal and has been computed.
 */
export interface PanelUpdate {
  readonly status: Status;
  readonly edited?: DocumentHead;
  readonly received?: Received;
  readonly computed?: DocumentHead;
}

/** An update on its way to the page: what it has of the values already is left out. */
export interface PanelNews extends Omit<PanelUpdate, 'received'> {
  readonly received?: { readonly head: DocumentHead; readonly sight: News };
}

export interface PresetTitle {
  readonly id: string;
  readonly group: string;
  readonly title: string;
  readonly description: string;
  /** How it is best looked at, in the form of a view that was remembered. */
  readonly view: unknown;
}

export interface PanelStart {
  readonly strings: Strings;
  readonly presets: readonly PresetTitle[];
  /** What the view remembered when it was last here; the host does not look into it. */
  readonly view: unknown;
  /** A cell that a link points at. */
  readonly cell?: Cell;
  /** The document as it stands: its values come with the answer to the first watch. */
  readonly head: DocumentHead;
}

/** The tensors that a file or pasted text can become. */
export type Target = 'input' | 'weight' | 'bias';

export type SaveKind = 'npy' | 'npz' | 'csv' | 'png' | 'svg' | 'matrix-market' | 'scipy-npz' | 'document';

/** Formats in which the values of a tensor can be copied. */
export const COPY_FORMATS = ['numpy', 'torch', 'json', 'tsv', 'latex'] as const;
export type CopyFormat = (typeof COPY_FORMATS)[number];

/** A comparison of ways to make a plane larger, as the page asks for it: the values are the host's. */
export interface UpsamplingRequest {
  /** Batch item, channel of the input, and of the output, whose kernel plane is the own layer's. */
  readonly batch: number;
  readonly from: number;
  readonly to: number;
  readonly against: Against;
  readonly base: Method | 'reference';
  readonly scaled: boolean;
  readonly slice: number;
}

/** A run of training as the page asks for it: the values are the host's. */
export interface TrainingRequest {
  readonly batch: number;
  readonly from: number;
  readonly to: number;
  /**
   * `back`: the input's plane is what the layer is to make of the means of its blocks; `own`: what the document's own
   * kernel makes of it.
   */
  readonly target: 'back' | 'own';
  readonly optimizer: Optimizer;
  readonly rate: number;
  readonly seed: number;
}

/** A run of training, with what was learned from. */
export interface TrainingRun {
  readonly question: TrainingQuestion;
  readonly training: Training;
}

/** What the webview may ask of the host. Everything that arrives is checked there as if a stranger had sent it. */
export interface PanelHostApi {
  start(): PanelStart;
  /**
   * The revision that contains the edit; if it was refused, the one that stands. The update with its values comes after
   * this answer. `watch` is what the page shows as soon as it has that update, unless the edit is refused.
   */
  edit(edit: unknown, watch?: Watch): number;
  undo(): void;
  redo(): void;
  watch(watch: Watch): void;
  remember(view: unknown): void;
  /** Elements of a tensor by flat index, of the revision shown. */
  values(tensor: TensorName, indices: Float64Array): Float64Array;
  /** A plane of what a tensor is held against, and of the difference; nothing where there is none. */
  compared(plane: PlaneRequest): Compared | undefined;
  /**
   * The mean square of each channel, or of each kernel of the first axis; `before` are the
   * indices before that axis.
   */
  energies(tensor: TensorName, before: readonly number[]): Float64Array;
  /** The next element after one, or before it, whose value is sought, in any channel. */
  find(tensor: TensorName, sought: Sought, from: number, backwards: boolean): Found | undefined;
  preset(id: string): void;
  lessons(): readonly LessonTitle[];
  /** Nothing for one that this version does not have. */
  lesson(id: string): LessonPage | undefined;
  /**
   * Opens a lesson: in place of another one, when it answers how it is looked at, in the form of a view that was
   * remembered; else as a document of its own.
   */
  openLesson(id: string): Promise<unknown>;
  lessonDone(id: string): Promise<void>;
  /** A presentation has begun, or ended. */
  presenting(on: boolean): Promise<void>;
  /** Lets the user pick a file for a tensor. */
  pick(target: Target): Promise<void>;
  /** A file dropped on a grid: its bytes, or of a large one how many there are, for `PanelViewApi.part`. */
  drop(target: Target, name: string, content: Uint8Array | number): void;
  /** Pasted text that is more than a block of cells. */
  paste(target: Target, text: string): Promise<void>;
  copy(text: string, what: string): Promise<void>;
  /** The values of a whole tensor, which the page need not have. */
  copyTensor(tensor: TensorName, format: CopyFormat): Promise<void>;
  save(kind: SaveKind, tensor: TensorName, bytes?: Uint8Array): Promise<void>;
  /** A drawing as a file, which the page has made. */
  saveDrawing(kind: 'png' | 'svg', bytes: Uint8Array): Promise<void>;
  /** Begins a film of drawings, `width` × `height` pixels, with colours that must be exact; answers with its number. */
  beginFilm(width: number, height: number, colours: Uint8Array): Promise<number>;
  addFrame(film: number, rgba: Uint8Array, milliseconds: number): Promise<void>;
  /** Asks where to save the film, as an animated GIF. */
  saveFilm(film: number): Promise<void>;
  dropFilm(film: number): void;
  /**
   * Ways to make one plane of the document's input larger, compared. A new question gives up the one before, as an edit
   * does: then the answer is nothing.
   */
  upsample(ask: UpsamplingRequest): Promise<Comparison | undefined>;
  /** Learns a kernel of the document. Given up as a comparison is. */
  train(ask: TrainingRequest): Promise<TrainingRun | undefined>;
  /** Lets the user pick a file as their reference; answers with its name, or nothing when they break off. */
  pickReference(): Promise<string | undefined>;
  /** Copies a link to a place in this document. */
  copyLink(place: Place): Promise<void>;
  applyToCode(): Promise<void>;
  /** Where both the code and the inspector have changed: whose parameters stay. */
  settleCode(choice: 'keep' | 'take'): void;
  /** Shows where the document came from: the call in its file, or the file. */
  reveal(): Promise<void>;
  /** Everything again, for a page that has lost count. */
  refresh(): void;
  cancel(): void;
  /** Computes again after a failure. */
  retry(): void;
}

/** One way to look at the document, which is chosen outside of the page too; `on` where it can be on or off. */
export interface LookChoice {
  readonly id: string;
  readonly group: string;
  readonly label: string;
  readonly on?: boolean;
}

/** What the host may tell the webview, and ask it. */
export interface PanelViewApi {
  /**
   * A preset has been chosen outside of the page: so it is best looked at, in the form of a
   * view that was remembered.
   */
  look(view: unknown): void;
  /** Another input has been opened, which is a colour picture from 0 to 255, or none. */
  showColour(isColour: boolean): void;
  /** A link has been followed to a place in this document. */
  go(place: Place): void;
  /** The ways in which the document can be looked at now; the page alone knows them. */
  looks(): readonly LookChoice[];
  /** Looks at it so; `id` is that of one of these. */
  chooseLook(id: string): void;
  /** Begins a presentation: the stage alone. */
  present(): void;
  /** Bytes of the large file that was dropped last; nothing where there is none. */
  part(offset: number, length: number): Promise<Uint8Array | undefined>;
  update(update: PanelNews): void;
  /** A message beside where its cause came from; `at` names a tensor's grid, or nothing for the whole panel. */
  notice(message: string, severity: 'error' | 'info', at?: Target): void;
}
