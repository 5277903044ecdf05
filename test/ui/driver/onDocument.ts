import type { Content } from './documents';
import { worked, writeDocument } from './documents';
import { Inspector } from './inspector';
import { Workbench } from './workbench';

let shared: Promise<Workbench> | undefined;
let documents = 0;

after(async () => {
  await (await shared)?.close();
});

/** What a suite on one document has, from its first test to its last. */
export interface OnDocument {
  readonly workbench: Workbench;
  readonly inspector: Inspector;
  /** The name of the document's file. */
  readonly file: string;
}

/**
 * Opens a document for the suite in which it is called, alone in the one window that such suites share, and closes it
 * after. What it returns may be used in tests and hooks only.
 */
export function onDocument(content: Content = worked): OnDocument {
  const file = `document-${++documents}.tconv.json`;
  let opened: { workbench: Workbench; inspector: Inspector } | undefined;
  const use = (): { workbench: Workbench; inspector: Inspector } => {
    if (!opened) throw new Error('The document is not open yet.');
    return opened;
  };
  before(async () => {
    shared ??= Workbench.open({ height: 1400 });
    const workbench = await shared;
    await workbench.hideSideBar();
    await writeDocument(workbench.folder, file, content);
    await workbench.openFile(file);
    opened = { workbench, inspector: await Inspector.in(workbench.page) };
  });
  after(() => opened?.workbench.closeEditor());
  return {
    file,
    get workbench() {
      return use().workbench;
    },
    get inspector() {
      return use().inspector;
    },
  };
}
