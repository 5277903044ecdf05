import * as vscode from 'vscode';
import { Door } from '../../core/door';
import type { EngineClient } from '../../engine/client';
import type { PanelHostApi } from '../../protocol/panel';
import { pictureSaving, saveFile, type Saving } from '../files/saveFile';
import { memoryLimit } from '../memory';
import type { Session } from '../session/session';

type DrawingMethods = Pick<PanelHostApi, 'saveDrawing' | 'beginFilm' | 'addFrame' | 'saveFilm' | 'dropFilm'>;

/** Sides of a drawing, in pixels. */
const MOST = 16_384;
/** Time that one frame is shown, in milliseconds. */
const LONGEST = 60_000;

const bytesOf = (value: unknown, name: string): Uint8Array => {
  if (!(value instanceof Uint8Array)) throw new TypeError(`${name} must be bytes.`);
  return value;
};

/** What the page may have saved of its drawings. `attempt` runs work that may fail, and says in the page why it did. */
export function drawingMethods(
  session: Session,
  engine: EngineClient,
  attempt: (work: () => Promise<unknown>) => Promise<void>,
): DrawingMethods {
  const save = async (saving: Saving): Promise<void> => {
    const uri = await saveFile(saving);
    if (uri) vscode.window.setStatusBarMessage(vscode.l10n.t('Saved {0}.', vscode.workspace.asRelativePath(uri)), 3000);
  };
  const numberOf = (film: unknown): number => new Door(film, 'film').integer(0, Number.MAX_SAFE_INTEGER);
  return {
    saveDrawing: async (kind, bytes) => {
      const as = new Door(kind, 'kind').oneOf('png', 'svg');
      await attempt(() => save(pictureSaving(as, bytes, session.name)));
    },
    beginFilm: (width, height, colours) =>
      engine.beginFilm({
        width: new Door(width, 'width').integer(1, MOST),
        height: new Door(height, 'height').integer(1, MOST),
        colours: bytesOf(colours, 'colours').subarray(0, 3 * 256),
        limit: memoryLimit(),
      }),
    addFrame: (film, rgba, milliseconds) =>
      engine.addFrame({
        film: numberOf(film),
        rgba: bytesOf(rgba, 'rgba'),
        milliseconds: new Door(milliseconds, 'milliseconds').integer(0, LONGEST),
      }),
    saveFilm: async (film) => {
      const id = numberOf(film);
      await attempt(() =>
        save({
          base: session.name,
          extension: 'gif',
          title: vscode.l10n.t('Save as animated GIF'),
          bytes: () => engine.endFilm(id),
        }),
      );
      // Where the user broke off it is still there.
      engine.dropFilm(id);
    },
    dropFilm: (film) => {
      engine.dropFilm(numberOf(film));
    },
  };
}
