import { isPixelRank } from '../../../src/core/derive/pixelMaps';
import type { PixelVariant } from '../../../src/core/kernels/pixelTransposed';
import type { Strings } from '../../../src/protocol/strings';
import { checkbox } from '../../controls';
import { make } from '../../dom';
import type { OwnPart } from '../../film/film';
import { type Followed, followSubject } from '../../film/subjects';
import type { Actions } from '../../model';
import { pixelFilm } from './pixelFilm';

/** Pixel transposed convolution of the plane on show, by kernels that are the document's own. */
export function pixelPart(variant: PixelVariant, actions: Actions, strings: Strings): OwnPart {
  const heat = checkbox(strings.pixelHeat, (pixelHeat) => actions.look({ pixelHeat }));
  return {
    id: variant === 'inputPixel' ? 'iPixelTCL' : 'PixelTCL',
    title: variant === 'inputPixel' ? strings.pixelInputPart : strings.pixelPart,
    hint: variant === 'inputPixel' ? strings.pixelInputHint : strings.pixelHint,
    tools: make('span', { class: 'pixel-tools' }, heat.element),
    follow(tell) {
      let followed: Followed | undefined;
      let isHot = false;
      const show = (): void => {
        if (!followed) {
          tell(strings.filmNothing);
          return;
        }
        const { subject, computed, window } = followed;
        if (!isPixelRank(subject.plan.rank)) {
          tell(strings.pixelNoVolume);
          return;
        }
        const film = pixelFilm(subject, variant, computed.head.pixelKernels, isHot, strings);
        tell({ film, window, computed });
      };
      const follow = followSubject(actions, (now) => {
        followed = now;
        show();
      });
      return (model) => {
        heat.checked = model.view.pixelHeat;
        const turned = isHot !== model.view.pixelHeat;
        isHot = model.view.pixelHeat;
        const before = followed;
        follow(model);
        if (turned && followed === before && followed) show();
      };
    },
  };
}
