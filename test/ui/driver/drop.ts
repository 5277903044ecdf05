import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Frame } from 'playwright-core';

/**
 * Drops a file on an element, as a person does who drags it from the file manager with Shift held (VS Code keeps a
 * plain drop for itself). `zeros` are so many bytes behind the file's own.
 */
export async function dropFile(frame: Frame, selector: string, path: string, zeros = 0): Promise<void> {
  const bytes = (await readFile(path)).toString('base64');
  await frame.locator(selector).evaluate(
    (target, { name, base64, behind }) => {
      const content = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([content, new Uint8Array(behind)], name));
      for (const type of ['dragenter', 'dragover', 'drop']) {
        target.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true, shiftKey: true }));
      }
    },
    { name: basename(path), base64: bytes, behind: zeros },
  );
}
