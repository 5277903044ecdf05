import type { Base, Motion, Shape, Words } from './scene';

type Pairs = readonly (readonly number[])[];

const sameNumbers = (one: readonly number[], other: readonly number[]): boolean =>
  one === other || (one.length === other.length && one.every((each, at) => each === other[at]));

const samePairs = (one: Pairs, other: Pairs): boolean =>
  one === other || (one.length === other.length && one.every((each, at) => sameNumbers(each, other[at])));

function sameWords(one: Words, other: Words): boolean {
  if (one === other) return true;
  if (one.length !== other.length) return false;
  for (let at = 0; at < one.length; at++) {
    const [here, there] = [one[at], other[at]];
    const isSame =
      here.text === there.text && here.ink === there.ink && here.bold === there.bold && here.sub === there.sub;
    if (!isSame) return false;
  }
  return true;
}

export function sameMotion(one: Motion | undefined, other: Motion | undefined): boolean {
  if (one === other) return true;
  if (!one || !other || one.appears !== other.appears) return false;
  const [here, there] = [one.turn, other.turn];
  return (
    sameNumbers(one.from ?? [], other.from ?? []) &&
    here?.degrees === there?.degrees &&
    sameNumbers(here?.about ?? [], there?.about ?? [])
  );
}

const sameBase = (one: Base, other: Base): boolean =>
  one.key === other.key &&
  one.opacity === other.opacity &&
  (one.at === other.at ||
    (one.at?.tensor === other.at?.tensor && sameNumbers(one.at?.index ?? [], other.at?.index ?? [])));

/**
 * Whether two shapes look alike and stand for the same cell; how they move is not looked at. A drawing asks it of
 * every shape at every step, which is why it names the fields instead of going through them.
 */
export function sameShape(one: Shape, other: Shape): boolean {
  if (one === other) return true;
  if (!sameBase(one, other)) return false;
  switch (one.kind) {
    case 'rect':
      return (
        other.kind === 'rect' &&
        one.x === other.x &&
        one.y === other.y &&
        one.width === other.width &&
        one.height === other.height &&
        one.fill === other.fill &&
        one.stroke === other.stroke &&
        one.weight === other.weight &&
        one.dashed === other.dashed &&
        one.hatched === other.hatched
      );
    case 'text':
      return (
        other.kind === 'text' &&
        one.x === other.x &&
        one.y === other.y &&
        one.size === other.size &&
        one.anchor === other.anchor &&
        one.mono === other.mono &&
        sameWords(one.words, other.words)
      );
    case 'line':
      return (
        other.kind === 'line' &&
        one.stroke === other.stroke &&
        one.fill === other.fill &&
        one.weight === other.weight &&
        one.dashed === other.dashed &&
        one.arrow === other.arrow &&
        one.curved === other.curved &&
        samePairs(one.points, other.points)
      );
    case 'dot':
      return (
        other.kind === 'dot' &&
        one.x === other.x &&
        one.y === other.y &&
        one.radius === other.radius &&
        one.stroke === other.stroke
      );
    case 'areas':
      return other.kind === 'areas' && one.fill === other.fill && samePairs(one.boxes, other.boxes);
    case 'pixels':
      return (
        other.kind === 'pixels' &&
        one.x === other.x &&
        one.y === other.y &&
        one.width === other.width &&
        one.height === other.height &&
        one.address === other.address &&
        JSON.stringify(one.plane) === JSON.stringify(other.plane)
      );
    default:
      return one satisfies never;
  }
}
