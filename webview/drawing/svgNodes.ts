import type { Line, Rect, Shape, Words } from './scene';

/** Attributes and the text in it, as SVG has them: what the page's drawing and the exported one have in common. */
export interface SvgNode {
  readonly tag: 'rect' | 'text' | 'path' | 'circle' | 'image';
  readonly attributes: Readonly<Record<string, string>>;
  readonly words?: Words;
}

const number = (value: number): string => String(Math.round(value * 100) / 100);

function pathOf({ points, arrow, curved }: Line): string {
  const [[x0, y0], ...rest] = points;
  const [x1, y1] = rest[rest.length - 1];
  const middle = number((x0 + x1) / 2);
  const body = curved
    ? `M${number(x0)} ${number(y0)}C${middle} ${number(y0)} ${middle} ${number(y1)} ${number(x1)} ${number(y1)}`
    : `M${points.map(([x, y]) => `${number(x)} ${number(y)}`).join('L')}`;
  if (!arrow) return body;
  const [fromX, fromY] = curved ? [x1 - 1, y1] : points[points.length - 2];
  const angle = Math.atan2(y1 - fromY, x1 - fromX);
  const barb = (turn: number): string =>
    `${number(x1 - 7 * Math.cos(angle + turn))} ${number(y1 - 7 * Math.sin(angle + turn))}`;
  return `${body}M${barb(0.45)}L${number(x1)} ${number(y1)}L${barb(-0.45)}`;
}

const hatch = ({ x, y, width, height }: Rect): string => {
  const lines: string[] = [];
  const gap = 6;
  for (let offset = gap / 2; offset < width + height; offset += gap) {
    const fromX = Math.max(0, offset - height);
    const toX = Math.min(width, offset);
    lines.push(`M${number(x + fromX)} ${number(y + offset - fromX)}L${number(x + toX)} ${number(y + offset - toX)}`);
  }
  return lines.join('');
};

/** A shape as SVG elements. Colours are classes, `f-` for areas and `s-` for lines. */
export function svgNodes(shape: Shape): readonly SvgNode[] {
  const opacity: Record<string, string> = shape.opacity === undefined ? {} : { opacity: String(shape.opacity) };
  switch (shape.kind) {
    case 'rect': {
      const { x, y, width, height, fill, stroke, weight = 1, dashed, hatched } = shape;
      const area: SvgNode = {
        tag: 'rect',
        attributes: {
          x: number(x),
          y: number(y),
          width: number(width),
          height: number(height),
          class: `f-${fill ?? 'none'} s-${stroke ?? 'none'}`,
          'stroke-width': String(weight),
          ...(dashed ? { 'stroke-dasharray': '4 3' } : {}),
          ...opacity,
        },
      };
      if (!hatched) return [area];
      return [
        area,
        { tag: 'path', attributes: { d: hatch(shape), class: 'f-none s-crop', 'stroke-width': '1', ...opacity } },
      ];
    }
    case 'text': {
      const { x, y, size, anchor = 'start', mono, words } = shape;
      const attributes = {
        x: number(x),
        y: number(y),
        'font-size': String(size),
        'text-anchor': anchor,
        // A baseline of its own would be placed otherwise by every reader of SVG.
        dy: '.35em',
        class: mono ? 'mono' : 'sans',
        ...opacity,
      };
      return [{ tag: 'text', attributes, words }];
    }
    case 'line': {
      const { stroke, fill, weight = 1.2, dashed } = shape;
      const attributes = {
        d: pathOf(shape),
        class: `f-${fill ?? 'none'} s-${stroke ?? 'none'}`,
        'stroke-width': String(weight),
        ...(dashed ? { 'stroke-dasharray': '4 3' } : {}),
        ...opacity,
      };
      return [{ tag: 'path', attributes }];
    }
    case 'dot': {
      const { x, y, radius, stroke } = shape;
      const attributes = { cx: number(x), cy: number(y), r: number(radius), class: `f-none s-${stroke}`, ...opacity };
      return [{ tag: 'circle', attributes }];
    }
    case 'areas': {
      const boxes = shape.boxes.map(
        ([x, y, width, height]) => `M${number(x)} ${number(y)}h${number(width)}v${number(height)}h${number(-width)}z`,
      );
      return [{ tag: 'path', attributes: { d: boxes.join(''), class: `f-${shape.fill} s-none`, ...opacity } }];
    }
    case 'pixels': {
      const { x, y, width, height, address } = shape;
      const attributes = {
        x: number(x),
        y: number(y),
        width: number(width),
        height: number(height),
        href: address,
        preserveAspectRatio: 'none',
        'image-rendering': 'pixelated',
        class: 'f-none s-none',
        ...opacity,
      };
      return [{ tag: 'image', attributes }];
    }
    default: {
      const never: never = shape;
      return never;
    }
  }
}
