// Where things live. Everything large or made by a machine goes into a git-ignored folder.
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

export const root = fileURLToPath(new URL('../../', import.meta.url));
/** What is downloaded once and kept: VS Code, its server, a browser. */
export const downloads = join(root, '.vscode-test');
/** What a build or a test run makes and the next one may overwrite. */
export const cache = join(root, '.cache');
export const vsix = join(cache, 'transposed-conv-inspector.vsix');

/** The script that a package's command runs, so that it can be started without a shell or npx. */
export const bin = (path) => join(root, 'node_modules', path);
