import { type Relation, relationOf } from './relation';
import type { ChainSizes } from './sizes';
import type { Chain, Stage } from './stage';

/** Places along one axis, ascending. */
export type Places = readonly number[];
/** A block of cells: every combination of its places along the axes. */
export type Block = readonly Places[];
/** Cells of one stage's output. More than one block where paths that are joined come by different ways. */
export type Field = readonly Block[];

const isEmpty = (block: Block): boolean => block.some((places) => places.length === 0);
const keyOf = (block: Block): string => block.map((places) => places.join()).join('|');

/** Whether every cell of one block is in another. */
function isWithin(one: Block, other: Block): boolean {
  return one.every((places, axis) => {
    const all = new Set(other[axis]);
    return places.every((place) => all.has(place));
  });
}

/** Both fields together, without blocks that lie in others. */
function joined(one: Field, other: Field): Field {
  const blocks = [...new Map([...one, ...other].map((block) => [keyOf(block), block])).values()];
  return blocks.filter(
    (block, at) =>
      !blocks.some((each, where) => where !== at && isWithin(block, each) && !(where > at && isWithin(each, block))),
  );
}

const ascending = (places: Iterable<number>): Places => [...new Set(places)].sort((one, other) => one - other);

const pulled = (places: Places, relation: Relation): Places =>
  ascending(places.flatMap((place) => relation.inputsOf(place)));

function pushed(places: Places, relation: Relation): Places {
  const read = new Set(places);
  const reached: number[] = [];
  for (let output = 0; output < relation.output; output++)
    if (relation.inputsOf(output).some((input) => read.has(input))) reached.push(output);
  return reached;
}

/** Of every stage: what it does along each axis; nothing for stages that join. */
function relationsOf(chain: Chain, { sizes }: ChainSizes): readonly (readonly Relation[] | undefined)[] {
  return chain
    .slice(0, sizes.length - 1)
    .map((stage, at) =>
      stage.kind === 'join' ? undefined : sizes[at].map((size, axis) => relationOf(stage, axis, size)),
    );
}

/** What a skip does along each axis. */
const skipOf = ({ from, crop }: Extract<Stage, { kind: 'join' }>, { sizes }: ChainSizes): readonly Relation[] =>
  sizes[from].map((size, axis) => relationOf({ kind: 'crop', sides: crop }, axis, size));

const through = (field: Field, relations: readonly Relation[], step: typeof pulled): Field =>
  field.map((block) => block.map((places, axis) => step(places, relations[axis]))).filter((block) => !isEmpty(block));

/** Of every stage no cell, but of this one the cell from which fields are followed. */
const fieldsFrom = ({ sizes }: ChainSizes, stage: number, cell: readonly number[]): Field[] =>
  sizes.map((_, at) => (at === stage ? [cell.map((place) => [place])] : []));

/**
 * What a cell is made of: its receptive field in the input and in what every stage before it gives, counted from 0,
 * the input. Exact for any mixture of stages: a place is in it if and only if some path of the network leads from it to
 * the cell. (With positive weights these are the places at which the gradient of the cell is not zero.)
 */
export function receptiveField(
  chain: Chain,
  sizes: ChainSizes,
  stage: number,
  cell: readonly number[],
): readonly Field[] {
  const relations = relationsOf(chain, sizes);
  const fields = fieldsFrom(sizes, stage, cell);
  for (let at = stage; at > 0; at--) {
    const made = chain[at - 1];
    const by = relations[at - 1];
    if (by) fields[at - 1] = joined(fields[at - 1], through(fields[at], by, pulled));
    else {
      fields[at - 1] = joined(fields[at - 1], fields[at]);
      if ('from' in made)
        fields[made.from] = joined(fields[made.from], through(fields[at], skipOf(made, sizes), pulled));
    }
  }
  return fields.slice(0, stage + 1);
}

/** What a cell takes part in: its projective field in what every later stage gives, by the stage's number. */
export function projectiveField(
  chain: Chain,
  sizes: ChainSizes,
  stage: number,
  cell: readonly number[],
): readonly Field[] {
  const relations = relationsOf(chain, sizes);
  const fields = fieldsFrom(sizes, stage, cell);
  for (let at = stage + 1; at < sizes.sizes.length; at++) {
    const made = chain[at - 1];
    const by = relations[at - 1];
    if (by) fields[at] = through(fields[at - 1], by, pushed);
    else
      fields[at] = joined(
        fields[at - 1],
        'from' in made ? through(fields[made.from], skipOf(made, sizes), pushed) : [],
      );
  }
  return fields;
}

/** Whether a cell is in a field. */
export const isInField = (field: Field, cell: readonly number[]): boolean =>
  field.some((block) => block.every((places, axis) => places.includes(cell[axis])));

/** From the first place of a field to its last, along an axis; nothing for an empty field. */
export function spanOf(field: Field, axis: number): readonly [first: number, last: number] | undefined {
  const places = field.flatMap((block) => block[axis]);
  return places.length > 0 ? [Math.min(...places), Math.max(...places)] : undefined;
}
