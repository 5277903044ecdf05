import type { Subject } from '../../../src/core/derive/subject';
import { format } from '../../../src/core/problem';
import type { Strings } from '../../../src/protocol/strings';
import type { Film, FilmPart, Focus, Frame, Room } from '../../film/film';
import { type BuildLayout, buildLayout, drawBuild } from './matrixBuild';
import { drawProduct } from './matrixFrame';
import { type MatrixLayout, matrixLayout } from './matrixLayout';
import { drawPicture } from './matrixPicture';
import {
  inputPlace,
  isConv,
  type MatrixAt,
  matrixName,
  matrixSentences,
  matrixTables,
  matrixTold,
  type MatrixTold,
  outputPlaceOf,
} from './matrixWords';
import { stretch } from './stretches';

/** The operation as one matrix times one vector: flatten, build C, turn it over, multiply row by row, reshape. */
export function matrixPart(strings: Strings): FilmPart {
  return {
    id: 'matrix',
    title: strings.matrixPart,
    hint: strings.matrixPartHint,
    film: (subject) => matrixFilm(subject, strings),
  };
}

export function matrixFilm(subject: Subject, strings: Strings): Film {
  const told = matrixTold(subject, strings);
  const layouts = layoutsOf(told);
  const conv = isConv(told);
  const sites = told.form.sites.length;
  const rows = told.form.rows.length;
  const name = matrixName(told);
  const ats: readonly MatrixAt[] = [
    { kind: 'flatten' },
    ...Array.from({ length: sites }, (_, site): MatrixAt => ({ kind: 'build', site })),
    ...(conv ? [] : [{ kind: 'transpose' } as const]),
    ...Array.from({ length: rows }, (_, row): MatrixAt => ({ kind: 'row', row })),
    { kind: 'reshape' },
  ];
  return {
    phases: [
      { title: strings.phaseFlatten, steps: [''] },
      ...stretch(sites, 'build', format(strings.phaseBuild, [sites]), (site) => format(strings.phaseBuildRow, [site])),
      ...(conv ? [] : [{ title: strings.phaseTranspose, steps: [''] }]),
      ...stretch(rows, 'row', format(strings.phaseRows, [name, rows]), (row) => format(strings.phaseRow, [row, name])),
      { title: strings.phaseReshape, steps: [''] },
    ],
    frame: (step, room, focus) => frameOf(told, ats[step], layouts(room), room, focus),
  };
}

interface Layouts {
  readonly product: MatrixLayout | undefined;
  readonly build: BuildLayout;
}

/** While the room is the same, so is where everything stands. */
function layoutsOf(told: MatrixTold): (room: Room) => Layouts {
  let [last, layouts]: [Room | undefined, Layouts | undefined] = [undefined, undefined];
  return (room) => {
    if (!layouts || room.width !== last?.width || room.height !== last.height)
      layouts = { product: matrixLayout(told, room), build: buildLayout(told, room) };
    last = room;
    return layouts;
  };
}

function frameOf(told: MatrixTold, at: MatrixAt, { product, build }: Layouts, room: Room, focus: Focus): Frame {
  const said = {
    ...matrixSentences(told, at, focus.followed('output')),
    cell: cellOf(told, at),
    tables: matrixTables(told, at),
  };
  if (!product) return { scene: drawPicture(told, at, room, focus), ...said };
  if (at.kind === 'build') return { scene: drawBuild(told, at.site, build, room, focus), ...said };
  const { width, height } = product;
  return { scene: { width, height, shapes: drawProduct(told, at, product, build, focus) }, ...said };
}

/** What other views light: the output whose row is multiplied, or the site whose row is built. */
function cellOf(told: MatrixTold, at: MatrixAt): Frame['cell'] {
  if (at.kind === 'row') return { tensor: 'output', index: outputPlaceOf(told, at.row) };
  if (at.kind !== 'build') return undefined;
  return isConv(told)
    ? { tensor: 'output', index: outputPlaceOf(told, at.site) }
    : { tensor: 'input', index: inputPlace(told, at.site) };
}
