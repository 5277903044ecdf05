import { type Checked, check, Door } from '../../core/door';
import type { Cut, Painted, PlaneRequest, TensorName } from '../../core/tensor/plane';
import type { Watch } from '../../core/tensor/look';

const TENSORS = ['input', 'weight', 'bias', 'output'] as const satisfies readonly TensorName[];
const PAINTED = ['diverging', 'sequential', 'unit', 'byte'] as const satisfies readonly Painted[];
/** A page shows far fewer planes than this. */
const MOST_PLANES = 256;
const CUTS = [0, 1, 2] as const satisfies readonly Cut[];
const MOST_INDEX = 2 ** 31;
/** No screen has more pixels than this, across or down. */
const MOST_PIXELS = 8192;

export const parseTensorName = (door: Door): TensorName => door.oneOf(...TENSORS);

export function parsePlane(door: Door): PlaneRequest {
  const index = (name: string, most = MOST_INDEX): number => door.at(name).integer(0, most);
  const cut = door.optional('cut', (each) => CUTS[each.integer(0, 2)]);
  const sampled = door.optional('sampled', (each) => each.boolean());
  const painted = door.optional('painted', (each) => each.oneOf(...PAINTED));
  const brief = door.optional('brief', (each) => each.boolean());
  return {
    key: door.at('key').text(100),
    tensor: parseTensorName(door.at('tensor')),
    leading: door
      .at('leading')
      .items(3)
      .map((each) => each.integer(0, MOST_INDEX)),
    ...(cut === undefined ? {} : { cut }),
    row: index('row'),
    column: index('column'),
    rows: index('rows'),
    columns: index('columns'),
    maxRows: index('maxRows', MOST_PIXELS),
    maxColumns: index('maxColumns', MOST_PIXELS),
    ...(sampled === undefined ? {} : { sampled }),
    ...(painted === undefined ? {} : { painted }),
    ...(brief === undefined ? {} : { brief }),
  };
}

/** Checks what a page says that it shows. */
export function parseWatch(message: unknown): Checked<Watch> {
  return check(() => {
    const door = new Door(message, 'watch');
    return {
      planes: door.at('planes').items(MOST_PLANES).map(parsePlane),
      whole: door.at('whole').items(TENSORS.length).map(parseTensorName),
      statistics: door.at('statistics').oneOf('tensor', 'plane'),
    };
  });
}
