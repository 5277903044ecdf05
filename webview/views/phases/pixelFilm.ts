import { pixelKernelsOf, pixelMaps } from '../../../src/core/derive/pixelMaps';
import type { Subject } from '../../../src/core/derive/subject';
import type { Cell } from '../../../src/core/explain/contributions';
import type { PixelVariant } from '../../../src/core/kernels/pixelTransposed';
import type { PixelKernels } from '../../../src/core/state/document';
import type { Strings } from '../../../src/protocol/strings';
import type { Film, FilmPhase } from '../../film/film';
import { stepAt } from './pixelFigures';
import { pixelScene } from './pixelScene';
import { type At, documentPlace, nameOf, spotOf, stepsOfMap, toldOf } from './pixelTold';
import { sentencesOf, tablesOf } from './pixelWords';

/** The maps made one after another, interleaved, and which neighbours are tied by that. */
export function pixelFilm(
  subject: Subject,
  variant: PixelVariant,
  kernels: PixelKernels | undefined,
  heat: boolean,
  strings: Strings,
): Film {
  const rank = subject.plan.rank;
  const pixels = pixelMaps(subject.input, pixelKernelsOf(rank, kernels), variant);
  const told = toldOf(subject, pixels, strings, heat);
  const making = pixels.maps.map(({ number }) => stepsOfMap(told, number));
  const steps: readonly At[] = [...making.flat(), { kind: 'interleave' }, { kind: 'ties' }];
  const phases: readonly FilmPhase[] = [
    ...making.map((all, number) => ({ title: nameOf(number), steps: all.map(() => '') })),
    { title: strings.pixelInterleave, steps: [''] },
    { title: strings.pixelTies, steps: [''] },
  ];
  return {
    phases,
    frame(step, room, focus) {
      const at = steps[step];
      const spot = spotOf(told, at, focus);
      const place = documentPlace(told, spot.output);
      const cell: Cell | undefined = place && { tensor: 'output', index: place };
      return {
        scene: pixelScene(stepAt(told, at, spot), room),
        ...sentencesOf(told, at, spot),
        cell: at.kind === 'make' ? cell : undefined,
        tables: tablesOf(told, spot),
      };
    },
  };
}
