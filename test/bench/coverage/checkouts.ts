import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** A public repository at a commit, of which nothing but this is kept here. */
export interface Checkout {
  /** `owner/name` on GitHub. */
  readonly repository: string;
  readonly commit: string;
  /** The scenario that runs its models, by its file's name; without one, whatever runs by itself. */
  readonly scenario?: string;
  /** Whether nothing of it had been read when its figure was first taken. */
  readonly fresh?: boolean;
}

const LIST = join('test', 'bench', 'coverage', 'checkouts.json');

export const listed = (): readonly Checkout[] => JSON.parse(readFileSync(LIST, 'utf8')) as readonly Checkout[];

/** The folder of a checkout below `folder`, into which it is fetched if it is not there. */
export function obtained({ repository, commit }: Checkout, folder: string): string {
  const root = join(folder, basename(repository));
  if (existsSync(root)) return root;
  mkdirSync(root, { recursive: true });
  const git = (...args: string[]): void =>
    void execFileSync('git', ['-C', root, ...args], { stdio: ['ignore', 'ignore', 'inherit'] });
  git('init', '--quiet');
  git('fetch', '--quiet', '--depth', '1', `https://github.com/${repository}.git`, commit);
  git('checkout', '--quiet', 'FETCH_HEAD');
  return root;
}
