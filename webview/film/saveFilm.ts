import type { PanelHostApi } from '../../src/protocol/panel';
import type { Remote } from '../../src/protocol/rpc';
import { bytesOf, type Print } from '../drawing/palette';
import { animatedSvg, type Picture, sizeOfPictures, stillSvg } from '../drawing/svgText';

/** How long a step of a saved film is shown. */
const STEP_MS = 1200;
/** Pixels of a picture for one of CSS, so that it is sharp on a projector. */
const SCALE = 2;
/** Of a film, which would otherwise be too large to send around. */
const FILM_SCALE = 1;

type Host = Pick<Remote<PanelHostApi>, 'saveDrawing' | 'beginFilm' | 'addFrame' | 'saveFilm' | 'dropFilm'>;
type Size = ReturnType<typeof sizeOfPictures>;

/** An SVG text painted by the browser, larger by a factor. */
async function painted(svg: string, { width, height }: Size, scale: number): Promise<HTMLCanvasElement> {
  const image = new Image();
  const address = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    image.src = address;
    await image.decode();
  } finally {
    URL.revokeObjectURL(address);
  }
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [width * scale, height * scale];
  canvas.getContext('2d', { willReadFrequently: true })?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas;
}

export async function saveStill(host: Host, kind: 'png' | 'svg', picture: Picture, print: Print): Promise<void> {
  const svg = stillSvg(picture, print);
  if (kind === 'svg') return host.saveDrawing('svg', new TextEncoder().encode(svg));
  const canvas = await painted(svg, sizeOfPictures([picture]), SCALE);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  return host.saveDrawing('png', blob ? new Uint8Array(await blob.arrayBuffer()) : new Uint8Array());
}

export const saveAnimatedSvg = (host: Host, pictures: readonly Picture[], print: Print): Promise<void> =>
  host.saveDrawing('svg', new TextEncoder().encode(animatedSvg(pictures, print, STEP_MS)));

/**
 * Saves steps as an animated GIF: the page paints them, one at a time, and the compute thread packs them. `progress` is
 * told how many are painted, and breaks off by answering no.
 */
export async function saveGif(
  host: Host,
  pictures: readonly Picture[],
  print: Print,
  progress: (done: number) => boolean,
): Promise<void> {
  const size = sizeOfPictures(pictures);
  const film = await host.beginFilm(size.width * FILM_SCALE, size.height * FILM_SCALE, bytesOf(print.palette));
  try {
    for (const [at, picture] of pictures.entries()) {
      const canvas = await painted(stillSvg(picture, print, size), size, FILM_SCALE);
      const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data;
      if (!pixels) throw new Error('This browser cannot paint pictures.');
      await host.addFrame(film, new Uint8Array(pixels.buffer), STEP_MS);
      if (!progress(at + 1)) return;
    }
    await host.saveFilm(film);
  } finally {
    // After it was saved there is nothing to drop.
    await host.dropFilm(film);
  }
}
