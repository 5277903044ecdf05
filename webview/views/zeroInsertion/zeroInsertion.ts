import type { Strings } from '../../../src/protocol/strings';
import { createFilmView } from '../../film/filmView';
import type { Actions } from '../../model';
import type { StageView } from '../contract';
import { zeroInsertionParts } from './film';

/** The transposed convolution as an ordinary one: zeros between and around, the kernel turned, stride 1. */
export function createZeroInsertion(actions: Actions, strings: Strings): StageView {
  const parts = zeroInsertionParts(strings);
  return createFilmView(
    { id: 'zero-insertion', title: strings.viewZeroInsertion, parts: (kind) => parts[kind], none: strings.filmNothing },
    actions,
    strings,
  );
}
