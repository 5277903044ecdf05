import { contentOf } from './droppedFile';
import type { Surface } from './surface';

/** A file dropped on a grid becomes its tensor. VS Code lets a drop through to a page while Shift is held. */
export function listenToDrop(surface: Surface, element: HTMLElement): void {
  const { target, actions } = surface;
  if (!target) return;
  let depth = 0;
  const mark = (change: number): void => {
    depth = Math.max(0, depth + change);
    element.classList.toggle('drop-target', depth > 0);
  };
  const carriesFile = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;

  element.addEventListener('dragenter', (event) => {
    if (carriesFile(event)) mark(1);
  });
  element.addEventListener('dragleave', (event) => {
    if (carriesFile(event)) mark(-1);
  });
  element.addEventListener('dragover', (event) => {
    if (!carriesFile(event)) return;
    event.preventDefault();
    if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy';
  });
  element.addEventListener('drop', (event) => {
    const file = event.dataTransfer?.files[0];
    mark(-depth);
    if (!file) return;
    event.preventDefault();
    event.stopPropagation();
    contentOf(file)
      .then((content) => actions.host.drop(target, file.name, content))
      .catch((error: unknown) => {
        actions.announce(error instanceof Error ? error.message : String(error));
      });
  });
}
