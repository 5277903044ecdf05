import type { Print } from './palette';
import type { Ink, Scene, Words } from './scene';
import { type SvgNode, svgNodes } from './svgNodes';
import { plainText } from './words';

/** What a file shows of one step: the two lines of its sentence, and the drawing. */
export interface Picture {
  readonly scene: Scene;
  readonly sentence: Words;
  readonly numbers: Words;
}

const MARGIN = 16;
const SENTENCE = { size: 16, y: 20 } as const;
const NUMBERS = { size: 14, y: 46 } as const;
const HEAD = 66;
/** Width of a letter, as a share of its height: enough that no line is cut. */
const LETTER = { sans: 0.56, mono: 0.62 } as const;

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? sign);

/** The least size that shows all of several pictures, in CSS pixels. */
export function sizeOfPictures(pictures: readonly Picture[]): { readonly width: number; readonly height: number } {
  const widths = pictures.flatMap(({ scene, sentence, numbers }) => [
    scene.width,
    plainText(sentence).length * SENTENCE.size * LETTER.sans,
    plainText(numbers).length * NUMBERS.size * LETTER.mono,
  ]);
  return {
    width: Math.ceil(Math.max(...widths)) + 2 * MARGIN,
    height: Math.ceil(Math.max(...pictures.map(({ scene }) => scene.height))) + HEAD + MARGIN,
  };
}

/** How far an index is set lower, as a share of the letters' size. */
const LOWER = 0.22;

function spans(words: Words, { palette }: Print, size: number): string {
  return words
    .map(({ text, ink = 'ink', bold, sub }, at) => {
      const weight = bold ? ' font-weight="600"' : '';
      const smaller = sub ? ` font-size="${size * 0.75}"` : '';
      // From the piece before; the first stands where the whole text does.
      const down = at === 0 ? 0 : Number(sub ?? false) - Number(words[at - 1].sub ?? false);
      const lower = down === 0 ? '' : ` dy="${(down * LOWER * size).toFixed(2)}"`;
      return `<tspan fill="${palette[ink]}"${weight}${smaller}${lower}>${escaped(text)}</tspan>`;
    })
    .join('');
}

/** The classes of `svgNodes` as colours, which a file has to bring along. */
function node({ tag, attributes, words }: SvgNode, print: Print): string {
  const { class: classes = '', ...rest } = attributes;
  const paints = classes.split(' ').map((name) => {
    const [, kind, ink] = /^([fs])-(.+)$/.exec(name) ?? [];
    if (kind) return `${kind === 'f' ? 'fill' : 'stroke'}="${ink === 'none' ? 'none' : print.palette[ink as Ink]}"`;
    return `font-family="${name === 'mono' ? print.fonts.mono : print.fonts.sans}"`;
  });
  const all = [...Object.entries(rest).map(([name, value]) => `${name}="${value}"`), ...paints].join(' ');
  if (!words) return `<${tag} ${all}/>`;
  return `<text xml:space="preserve" ${all}>${spans(words, print, Number(attributes['font-size']))}</text>`;
}

function body({ scene, sentence, numbers }: Picture, print: Print, width: number): string {
  const line = (words: Words, { size, y }: { size: number; y: number }, font: string): string =>
    `<text xml:space="preserve" x="${MARGIN}" y="${y}" dy=".35em" font-size="${size}" font-family="${font}">` +
    `${spans(words, print, size)}</text>`;
  const left = Math.max(MARGIN, Math.round((width - scene.width) / 2));
  return [
    line(sentence, SENTENCE, print.fonts.sans),
    line(numbers, NUMBERS, print.fonts.mono),
    `<g transform="translate(${left} ${HEAD})">`,
    ...scene.shapes.flatMap((shape) => svgNodes(shape).map((each) => node(each, print))),
    '</g>',
  ].join('\n');
}

type Size = ReturnType<typeof sizeOfPictures>;

const opening = ({ width, height }: Size, title: string, print: Print): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">\n` +
  `<title>${escaped(title)}</title>\n<rect width="${width}" height="${height}" fill="${print.palette.ground}"/>`;

/** One step as an SVG file, in a picture of this size. */
export function stillSvg(picture: Picture, print: Print, size: Size = sizeOfPictures([picture])): string {
  const title = `${plainText(picture.sentence)} ${plainText(picture.numbers)}`;
  return `${opening(size, title, print)}\n${body(picture, print, size.width)}\n</svg>\n`;
}

/** Steps one after another in one SVG file, each for so many milliseconds, over and over. */
export function animatedSvg(pictures: readonly Picture[], print: Print, milliseconds: number): string {
  const size = sizeOfPictures(pictures);
  const seconds = (pictures.length * milliseconds) / 1000;
  const groups = pictures.map((picture, at) => {
    const [from, to] = [at / pictures.length, (at + 1) / pictures.length];
    // Each is on show between two times; before the first and after the last of these it is not.
    const times = [...new Set([0, from, to])].filter((time) => time < 1);
    const values = times.map((time) => (time >= from && time < to ? 'visible' : 'hidden'));
    const animation =
      `<animate attributeName="visibility" calcMode="discrete" dur="${seconds}s" repeatCount="indefinite" ` +
      `keyTimes="${times.map((time) => time.toFixed(6)).join(';')}" values="${values.join(';')}"/>`;
    // A reader without animation shows the last step.
    const visibility = at === pictures.length - 1 ? 'visible' : 'hidden';
    return `<g visibility="${visibility}">\n${animation}\n${body(picture, print, size.width)}\n</g>`;
  });
  const last = pictures[pictures.length - 1];
  return `${opening(size, plainText(last.sentence), print)}\n${groups.join('\n')}\n</svg>\n`;
}
