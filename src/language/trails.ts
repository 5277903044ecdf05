import type { Disposable } from './events';

/** Where trails are kept between sessions: one text. */
export interface TrailStore {
  read(): Promise<string | undefined>;
  write(text: string): Promise<void>;
}

interface Trail {
  /** The import statements of the text that led there. */
  readonly imports: string;
  readonly places: readonly string[];
}

/** Files whose trails are kept. */
const MOST = 64;
/** They are written so many ms after the last change. */
const REST = 2_000;

const isTrail = (value: unknown): value is Trail =>
  typeof value === 'object' &&
  value !== null &&
  'imports' in value &&
  typeof value.imports === 'string' &&
  'places' in value &&
  Array.isArray(value.places) &&
  value.places.every((each) => typeof each === 'string');

/**
 * The places among installed packages to which the imports of a text have led, so that the next session asks for all
 * of them at once: each round finds only what the files of the one before name, and there are ten of them and more. No
 * file's contents are kept, so that nothing can be out of date: what is needed no more is looked at in vain.
 */
export class Trails implements Disposable {
  private known: Promise<Map<string, Trail>> | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly store: TrailStore,
    private readonly rest = REST,
  ) {}

  async of(path: string, imports: string): Promise<readonly string[]> {
    const trail = (await this.all()).get(path);
    return trail?.imports === imports ? trail.places : [];
  }

  async keep(path: string, imports: string, places: Iterable<string>): Promise<void> {
    const all = await this.all();
    all.delete(path);
    all.set(path, { imports, places: [...places] });
    for (const each of all.keys()) if (all.size > MOST) all.delete(each);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.write(), this.rest);
  }

  dispose(): void {
    clearTimeout(this.timer);
  }

  private all(): Promise<Map<string, Trail>> {
    return (this.known ??= this.store.read().then(parsed, () => new Map<string, Trail>()));
  }

  private async write(): Promise<void> {
    // What could not be kept is found again.
    await this.store.write(JSON.stringify([...(await this.all())])).catch(() => undefined);
  }
}

/** The file may be from another version, or half written: what is no trail is left out. */
function parsed(text: string | undefined): Map<string, Trail> {
  try {
    const entries: unknown = JSON.parse(text ?? '[]');
    if (!Array.isArray(entries)) return new Map();
    return new Map(
      entries.flatMap((entry: unknown): [string, Trail][] => {
        const [path, trail] = Array.isArray(entry) ? (entry as readonly unknown[]) : [];
        return typeof path === 'string' && isTrail(trail) ? [[path, trail]] : [];
      }),
    );
  } catch {
    return new Map();
  }
}
