import type { ModuleAnalysis } from '../python';
import type { ReadRequest } from '../reader/api';
import { type ReaderClient, ReadingError } from '../reader/client';
import { readWithImports, type Tell, tellInstalled } from '../reader/withImports';
import { importText } from '../reader/imports';
import { isWithin } from '../reader/places';
import type { Trails } from './trails';
import type { WorkspaceFiles } from './workspaceFiles';

/** So often one version of a text is read again because its analysis asked for more of what is installed. */
const MOST_READINGS = 4;

interface Following {
  readonly text: string;
  count: number;
  running?: Promise<void>;
  /** What a newer text asked for meanwhile. */
  next?: () => void;
  /** Set when the text has ended the thread: then it is read without what is installed, of which it may have been. */
  alone?: true;
}

/**
 * Reads texts at once with what is known of installed packages, and tells the thread of what is not known when that is
 * done: there may be hundreds of files, and what is told of the user's own lines is not to wait for them.
 */
export class InstalledFiles {
  private readonly following = new Map<string, Following>();

  constructor(
    private readonly reader: Pick<ReaderClient, 'read' | 'missing'>,
    private readonly files: Pick<WorkspaceFiles, 'telling'>,
    private readonly trails: Pick<Trails, 'of' | 'keep'>,
    /** Something was found that the text of an analysis imports. */
    private readonly found: () => void,
  ) {}

  async read(request: ReadRequest, tell: Tell): Promise<ModuleAnalysis> {
    const { path, text } = request;
    const before = this.following.get(path);
    const own: Following = before?.text === text || before?.running ? before : { text, count: 0, alone: before?.alone };
    this.following.set(path, own);
    if (own.alone) return (await readWithImports(this.reader, { ...request, packages: [] }, tell)).analysis;
    try {
      const { analysis, later } = await readWithImports(this.reader, request, tell);
      if (later.length > 0) this.follow(request, later, own);
      return analysis;
    } catch (error) {
      const ended = error instanceof ReadingError && error.why !== 'fault';
      if (!ended || !request.packages?.length) throw error;
      own.alone = true;
      return this.read(request, tell);
    }
  }

  /** Waits until the thread knows what the text imports, as far as it was asked for. */
  async told(path: string): Promise<void> {
    await this.following.get(path)?.running;
  }

  close(path: string): void {
    this.following.delete(path);
  }

  /** Tells of everything installed that a text needs, first of all of what it needed in the last session. */
  private async tellAll(request: ReadRequest, later: readonly string[], tell: Tell): Promise<boolean> {
    const { path, packages = [] } = request;
    const imports = importText(request.text);
    const trail = (await this.trails.of(path, imports)).filter((each) => isWithin(each, packages));
    const asked = new Set<string>();
    const found = await tellInstalled(this.reader, request, [...new Set([...later, ...trail])], (places) => {
      for (const each of places) asked.add(each);
      return tell(places);
    });
    if (found) await this.trails.keep(path, imports, asked);
    return found;
  }

  private follow(request: ReadRequest, later: readonly string[], own: Following): void {
    if (own.running) {
      own.next = () => this.follow(request, later, own);
      return;
    }
    if (own.count >= MOST_READINGS) return;
    own.count++;
    const goOn = (): boolean => this.following.get(request.path) === own;
    const tell = this.files.telling(request.packages);
    own.next = undefined;
    own.running = this.tellAll(request, later, async (places) => goOn() && tell(places)).then(
      (found) => {
        own.running = undefined;
        if (!goOn()) return;
        if (found) this.found();
        else own.next?.();
      },
      // The thread has ended, or the extension: whoever reads next begins anew.
      () => {
        own.running = undefined;
      },
    );
  }
}
