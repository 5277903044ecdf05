import { motionRuns } from './motionRuns';
import { sameShape } from './sameShape';
import type { Motion, Run, Scene, Shape, Words } from './scene';
import { type SvgNode, svgNodes } from './svgNodes';

const NAMESPACE = 'http://www.w3.org/2000/svg';

/** How motion is shown: how long a move takes. */
export interface Pace {
  readonly move: number;
}

/** An element, and what was written into it: asking the element costs more than remembering. */
interface Written {
  readonly element: SVGElement;
  readonly node: SvgNode;
}
interface Drawn {
  readonly shape: Shape;
  readonly parts: readonly Written[];
}
/** What moves together. */
interface Layer {
  readonly element: SVGGElement;
  animation?: Animation;
}

const classOf = ({ ink, bold, sub }: Run): string => `f-${ink ?? 'ink'}${bold ? ' bold' : ''}${sub ? ' sub' : ''}`;

/** Writes words into a text that has others, or none yet: what was one piece stays one, with another text in it. */
function writeWords(element: Element, words: Words, had: Words): void {
  words.forEach((run, at) => {
    const before = had.at(at);
    const span = before ? element.children[at] : document.createElementNS(NAMESPACE, 'tspan');
    if (before?.text !== run.text) span.textContent = run.text;
    const now = classOf(run);
    if (!before || classOf(before) !== now) span.setAttribute('class', now);
    if (!before) element.append(span);
  });
  for (let left = had.length; left > words.length; left--) element.lastElementChild?.remove();
}

/** Writes what differs from what the element had. */
function write(node: SvgNode, known: Written | undefined): Written {
  const before = known?.node.tag === node.tag ? known : undefined;
  const element = before?.element ?? document.createElementNS(NAMESPACE, node.tag);
  const had: Readonly<Record<string, string>> = before?.node.attributes ?? {};
  for (const name in node.attributes)
    if (had[name] !== node.attributes[name]) element.setAttribute(name, node.attributes[name]);
  for (const name in had) if (!(name in node.attributes)) element.removeAttribute(name);
  if (node.words) writeWords(element, node.words, before?.node.words ?? []);
  return { element, node };
}

/** The nodes of a shape, with what can be pointed at in its first one. */
function nodesOf(shape: Shape): readonly SvgNode[] {
  const [first, ...rest] = svgNodes(shape);
  const cell = shape.at && `${shape.at.tensor} ${shape.at.index.join()}`;
  const plane = shape.kind === 'pixels' && shape.plane ? JSON.stringify(shape.plane) : undefined;
  const attributes = {
    ...first.attributes,
    ...(cell === undefined ? {} : { 'data-cell': cell }),
    ...(plane === undefined ? {} : { 'data-plane': plane }),
  };
  return [{ ...first, attributes }, ...rest];
}

function draw(shape: Shape, known: Drawn | undefined): Drawn {
  // How it moves is its layer's.
  if (known && sameShape(known.shape, shape)) return known;
  const parts = nodesOf(shape).map((node, part) => write(node, known?.parts.at(part)));
  for (const { element } of known?.parts ?? []) if (!parts.some((part) => part.element === element)) element.remove();
  return { shape, parts };
}

/** Puts elements into their order, moving none that is in its place already. */
function arrange(parent: Element, elements: Iterable<Element>): void {
  let before = parent.firstElementChild;
  for (const element of elements) {
    if (element === before) before = before.nextElementSibling;
    else parent.insertBefore(element, before);
  }
}

function keyframesOf({ from, turn, appears }: Motion): { readonly frames: Keyframe[]; readonly origin?: string } {
  if (turn)
    return {
      frames: [{ transform: `rotate(${turn.degrees}deg)` }, { transform: 'none' }],
      origin: `${turn.about[0]}px ${turn.about[1]}px`,
    };
  if (from) return { frames: [{ transform: `translate(${from[0]}px, ${from[1]}px)` }, { transform: 'none' }] };
  return {
    frames:
      appears === 'at rest'
        ? [{ opacity: 0 }, { opacity: 0, offset: 0.8 }, { opacity: 1 }]
        : [{ opacity: 0 }, { opacity: 1 }],
  };
}

function move({ element }: Layer, motion: Motion, { move: duration }: Pace): Animation {
  const { frames, origin } = keyframesOf(motion);
  if (origin !== undefined) element.style.transformOrigin = origin;
  return element.animate(frames, { duration, easing: 'ease-in-out', fill: 'backwards' });
}

/**
 * A scene on the page. What has the same key in the next scene stays the same element, and only what differs is
 * written: a frame costs as much as it changes. What moves alike is one layer, so that the browser moves it without
 * this page's script, layout or paint.
 */
export interface SvgDrawing {
  readonly element: SVGSVGElement;
  /** With a pace, shapes move to where they are; with `keeps`, what moves already goes on. */
  show(scene: Scene, pace?: Pace, keeps?: boolean): void;
}

export function createSvgDrawing(): SvgDrawing {
  const element = document.createElementNS(NAMESPACE, 'svg');
  element.setAttribute('class', 'drawing');
  let size = '';
  let drawn = new Map<string, Drawn>();
  let layers = new Map<string, Layer>();

  const measure = (width: number, height: number): void => {
    const now = `${Math.ceil(width)} ${Math.ceil(height)}`;
    if (now === size) return;
    size = now;
    element.setAttribute('viewBox', `0 0 ${size}`);
    element.setAttribute('width', String(Math.ceil(width)));
    element.setAttribute('height', String(Math.ceil(height)));
  };

  return {
    element,
    show({ width, height, shapes }, pace, keeps) {
      measure(width, height);
      const next = new Map<string, Drawn>();
      for (const shape of shapes) next.set(shape.key, draw(shape, drawn.get(shape.key)));
      // What goes first makes room: nothing that stays has to be moved past it.
      for (const [key, { parts }] of drawn) if (!next.has(key)) for (const part of parts) part.element.remove();
      drawn = next;

      const now = new Map<string, Layer>();
      const top: Element[] = [];
      for (const { key, motion, shapes: alike } of motionRuns(shapes)) {
        const elements = alike.flatMap((shape) => next.get(shape.key)?.parts.map((part) => part.element) ?? []);
        if (key === undefined || motion === undefined) {
          top.push(...elements);
          continue;
        }
        const layer: Layer = layers.get(key) ?? { element: document.createElementNS(NAMESPACE, 'g') };
        arrange(layer.element, elements);
        if (!keeps) {
          layer.animation?.cancel();
          layer.animation = pace && move(layer, motion, pace);
        }
        now.set(key, layer);
        top.push(layer.element);
      }
      for (const [key, { element: old, animation }] of layers)
        if (!now.has(key)) {
          animation?.cancel();
          old.remove();
        }
      layers = now;
      arrange(element, top);
    },
  };
}
