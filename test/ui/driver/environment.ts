import { join } from 'node:path';

function required(name: string): string {
  const value = process.env[name];
  if (!value)
    throw new Error(
      `${name} is not set: the browser tests are started by "npm test -- ui", which starts the workbench that they use.`,
    );
  return value;
}

/** A VS Code server that has the packaged extension installed: where it listens, and where it keeps its data. */
export interface Server {
  readonly address: string;
  readonly data: string;
}

/** The one that the suite was started with. */
export const ownServer: Server = { address: required('TCI_SERVER'), data: required('TCI_SERVER_DATA') };
/** Settings of the user, which the server reads again when they change. */
export const settingsFile = ({ data }: Server): string => join(data, 'data/User/settings.json');
/** What more the workbench is told by its address. */
export const payload = process.env.TCI_PAYLOAD;
/** Where extensions keep what belongs to a workspace. */
export const storageFolder = join(ownServer.data, 'data/User/workspaceStorage');
export const chromiumOptions = JSON.parse(required('TCI_CHROMIUM')) as {
  executablePath: string;
  args: string[];
  env: Record<string, string>;
};
export const screenshotFolder = join(process.cwd(), 'test/ui/screenshots');
export const sampleFolder = join(process.cwd(), 'sample');
