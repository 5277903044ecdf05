import { npy, writeNpy } from '../../core/formats/npy';
import { memorySource } from '../../core/formats/source';
import type { Tensor } from '../../core/operation';
import { ProblemError } from '../../core/problem';
import { deserialize, type Draft } from '../../core/state/deserialize';
import type { InspectorDocument } from '../../core/state/document';
import { type Revised, revise } from '../../core/state/revise';
import { serialize } from '../../core/state/serialize';
import { type FileState, type Folder, type NamedBytes, writeTogether } from './folder';

/** Where a document stands: a `.tconv.json` file in a folder that holds the files of its tensors, too. */
export interface Place {
  readonly folder: Folder;
  readonly name: string;
}

/** What each file of a document was when it was last read or written; `null` for one that was not there. */
export type Seen = Readonly<Record<string, FileState | null>>;

const encoded = (text: string): Uint8Array => new TextEncoder().encode(text);
const decoded = (bytes: Uint8Array): string => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);

/** What has been read once is in memory already. */
const NO_LIMIT = Infinity;

async function look(folder: Folder, names: readonly string[]): Promise<Seen> {
  return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await folder.state(name)] as const)));
}

async function loadFile(folder: Folder, file: string, limit: number): Promise<Tensor | undefined> {
  // A file that is missing is reported later, with its name, when the document is put together.
  const bytes = await folder.read(file).catch(() => undefined);
  return bytes && npy.read(memorySource(bytes), { limit }).entries[0].load();
}

async function loadFiles(
  files: Draft['files'],
  load: (file: string) => Promise<Tensor | undefined>,
): Promise<ReadonlyMap<string, Tensor>> {
  const loaded = new Map<string, Tensor>();
  for (const { file } of files) {
    const tensor = await load(file);
    if (tensor) loaded.set(file, tensor);
  }
  return loaded;
}

/** The document in a text, which was read as one before. */
function draftOf(text: string, limit: number): Draft {
  const draft = deserialize(text, limit);
  if (!draft.ok) throw new ProblemError(draft.problems);
  return draft.value;
}

/**
 * The files that hold a document: the `.tconv.json` and the `.npy` of its larger tensors. Knows what they were when
 * they were last read or written, so that it can tell whether somebody else has changed them since, and so that a save
 * changes only what has changed.
 */
export class DocumentFile {
  private constructor(
    readonly place: Place,
    /** Where the text stands that is known: not in its place for a document that is opened from a backup. */
    private source: Place,
    private text: string,
    private known: Seen,
  ) {}

  /** Reads a document. Rejects with a ProblemError that names what is wrong. `limit` in bytes for one tensor. */
  static async read(
    place: Place,
    limit: number,
  ): Promise<{ readonly document: InspectorDocument; readonly file: DocumentFile }> {
    const { folder, name } = place;
    // Looked at first: what is written while it is read is then noticed as a change.
    const state = await folder.state(name);
    const text = decoded(await folder.read(name));
    const draft = draftOf(text, limit);
    const names = draft.files.map(({ file }) => file);
    const seen = { ...(await look(folder, names)), [name]: state };
    const document = draft.complete(await loadFiles(draft.files, (file) => loadFile(folder, file, limit)));
    if (!document.ok) throw new ProblemError(document.problems);
    return { document: document.value, file: new DocumentFile(place, place, text, seen) };
  }

  /** Writes a document where none has been read. Answers the names of the files that hold it. */
  static async write({ folder, name }: Place, document: InspectorDocument): Promise<readonly string[]> {
    const { text, attachments } = serialize(document, name);
    const files = attachments.map(({ file, tensor }) => ({ name: file, bytes: writeNpy(tensor) }));
    await writeTogether(folder, [...files, { name, bytes: encoded(text) }]);
    return [...files.map((each) => each.name), name];
  }

  get seen(): Seen {
    return this.known;
  }

  /** The document in a text that has no files beside it. Throws a ProblemError that names what is wrong. */
  static parse(bytes: Uint8Array, limit: number): InspectorDocument {
    const document = draftOf(decoded(bytes), limit).complete(new Map());
    if (!document.ok) throw new ProblemError(document.problems);
    return document.value;
  }

  /**
   * The document of a backup as that of the files that it is a backup of. `seen` is what these were then; where nobody
   * knows, what they are now.
   */
  async backing(place: Place, seen?: Seen): Promise<DocumentFile> {
    return new DocumentFile(place, this.source, this.text, seen ?? (await look(place.folder, [place.name])));
  }

  isNamed(name: string): boolean {
    return Object.hasOwn(this.known, name);
  }

  /** Whether the files have become something else since they were last read or written; not while one is missing. */
  async hasChanged(): Promise<boolean> {
    const { folder, name } = this.place;
    const names = Object.keys(this.known);
    const now = await look(folder, names);
    const changed = names.filter(
      (each) => now[each]?.modified !== this.known[each]?.modified || now[each]?.size !== this.known[each]?.size,
    );
    if (changed.length === 0 || now[name] === null) return false;
    if (changed.length > 1 || changed[0] !== name || decoded(await folder.read(name)) !== this.text) return true;
    this.known = now;
    return false;
  }

  /** What the files are now is known, and may be written over. */
  async accept(): Promise<void> {
    this.known = await look(this.place.folder, Object.keys(this.known));
  }

  async save(document: InspectorDocument): Promise<void> {
    const text = await this.put(this.place, document);
    const names = draftOf(text, NO_LIMIT).files.map(({ file }) => file);
    [this.text, this.source] = [text, this.place];
    this.known = await look(this.place.folder, [...names, this.place.name]);
  }

  /**
   * Writes the document elsewhere, in its text as it stands here, with its changes. Answers the names of the files that
   * hold it there.
   */
  async copy(place: Place, document: InspectorDocument): Promise<readonly string[]> {
    const { files } = draftOf(await this.put(place, document), NO_LIMIT);
    return [...files.map(({ file }) => file), place.name];
  }

  /** The text of the file as it is on the disk, and as a save would write it. */
  async versions(document: InspectorDocument): Promise<{ readonly onDisk: string; readonly here: string }> {
    const onDisk = decoded(await this.place.folder.read(this.place.name));
    return { onDisk, here: (await this.revised(this.place, document)).text };
  }

  private async put(place: Place, document: InspectorDocument): Promise<string> {
    const { text, files } = await this.revised(place, document);
    const beside: NamedBytes[] = [];
    for (const each of files) {
      const bytes = 'from' in each ? await this.source.folder.read(each.from) : writeNpy(each.tensor);
      beside.push({ name: each.file, bytes });
    }
    await writeTogether(place.folder, [...beside, { name: place.name, bytes: encoded(text) }]);
    return text;
  }

  private async revised(place: Place, document: InspectorDocument): Promise<Revised> {
    const { folder } = this.source;
    const draft = draftOf(this.text, NO_LIMIT);
    // A file that cannot be read any more is written anew, from the values that were read of it.
    const loaded = await loadFiles(draft.files, (file) => loadFile(folder, file, NO_LIMIT).catch(() => undefined));
    return revise(document, place.name, {
      text: this.text,
      tensors: draft.tensors(loaded),
      moved: place !== this.source,
    });
  }
}
