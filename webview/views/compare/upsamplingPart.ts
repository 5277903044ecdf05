import { windowOf } from '../../../src/core/derive/window';
import { METHODS, type Against, type Comparison, type Method } from '../../../src/core/upsampling/comparison';
import { format } from '../../../src/core/problem';
import type { Strings } from '../../../src/protocol/strings';
import type { UpsamplingRequest } from '../../../src/protocol/panel';
import { button, checkbox, dropdown } from '../../controls';
import { make } from '../../dom';
import type { OwnPart } from '../../film/film';
import { followAsking } from '../../film/followAsking';
import { channelsOf } from '../../film/subjects';
import type { Actions, Computed, Model } from '../../model';
import { reportTo } from '../../report';
import type { UpsamplingLook } from '../../view';
import { upsamplingFilm } from './upsamplingFilm';
import { nameOf, type Told } from './upsamplingTold';

/** The name of the file, which the host knows by itself: with another one the same question is another. */
type Asked = UpsamplingRequest & Pick<UpsamplingLook, 'file'>;

/** What the host is asked for: the plane on show, and what it is held against. */
function requestOf(computed: Computed, { view }: Model): UpsamplingRequest {
  const { plan } = computed;
  const { against, base, scaled } = view.upsampling;
  const deepest = plan.rank === 3 ? plan.axes[0] : undefined;
  const depth = against === 'back' ? view.slices.depth.input : view.slices.depth.output;
  const most = !deepest
    ? 0
    : against === 'back'
      ? deepest.input - (deepest.input % deepest.stride) - 1
      : deepest.input * deepest.stride - 1;
  return {
    ...channelsOf(computed, view.slices),
    against,
    base,
    scaled,
    slice: Math.max(0, Math.min(depth, most)),
  };
}

/** The ways to make the input larger. They are worked out in the compute thread, of the whole plane. */
export function upsamplingPart(actions: Actions, strings: Strings): OwnPart {
  const report = reportTo(actions);
  const change = (looked: Partial<UpsamplingLook>): void =>
    actions.look(({ upsampling }) => ({ upsampling: { ...upsampling, ...looked } }));
  const choose = (value: string): void => {
    if (value !== 'choose' && value !== 'given') {
      change({ against: value as Against });
      return;
    }
    report(
      actions.host.pickReference().then((file) => {
        if (file !== undefined) change({ against: 'given', file });
        // Whoever breaks off still sees what is chosen.
        else if (model) against?.show(model.view.upsampling);
      }),
    );
  };
  interface Chooser {
    show(look: UpsamplingLook): void;
  }
  const tools = make('span', { class: 'upsampling-tools' });
  let against: Chooser | undefined;
  let shownTools = '';
  let model: Model | undefined;

  /** Choices depend on the file that was chosen, and on the names on so many axes. */
  const showTools = (told: Told | undefined, { view: { upsampling: look } }: Model): void => {
    const names = told && METHODS.map((method) => nameOf(told, method));
    const key = JSON.stringify([look.file, look.against === 'none', names]);
    if (key !== shownTools) {
      shownTools = key;
      const references = dropdown(
        strings.upAgainst,
        [
          { value: 'back', text: strings.upAgainstBack },
          ...(look.file === '' ? [] : [{ value: 'given', text: format(strings.upAgainstFile, [look.file]) }]),
          { value: 'none', text: strings.upAgainstNone },
          { value: 'choose', text: strings.upChooseFile },
        ],
        (value) => (value === 'given' ? change({ against: 'given' }) : choose(value)),
      );
      const bases = dropdown(
        strings.upBase,
        [
          ...(look.against === 'none' ? [] : [{ value: 'reference', text: strings.upBaseReference }]),
          ...METHODS.map((value, at) => ({ value, text: names?.[at] ?? value })),
        ],
        (value) => change({ base: value as Method | 'reference' }),
      );
      const scale = checkbox(strings.upScale, (scaled) => change({ scaled }));
      const bilinear = button(strings.upTakeBilinear, () => actions.edit({ kind: 'cure', cure: 'bilinear' }));
      bilinear.label(strings.upTakeBilinear, strings.upTakeBilinearTitle);
      const field = (text: string, control: HTMLElement): HTMLElement =>
        make('span', { class: 'choice' }, text, control);
      tools.replaceChildren(
        field(strings.upAgainst, references.element),
        field(strings.upBase, bases.element),
        scale.element,
        bilinear.element,
      );
      against = {
        show(now) {
          references.value = now.against;
          bases.value = now.against === 'none' && now.base === 'reference' ? 'linear' : now.base;
          scale.checked = now.scaled;
          bilinear.enable(model?.edited.plan?.kind === 'convTranspose');
        },
      };
    }
    against?.show(look);
  };

  return {
    id: 'upsampling',
    title: strings.upsampling,
    hint: strings.upsamplingHint,
    tools,
    follow(tell) {
      const fail = (sentence = strings.filmNothing): void => tell(sentence);
      const follow = followAsking<Asked, Comparison>({
        requestOf: (computed, latest) => ({ ...requestOf(computed, latest), file: latest.view.upsampling.file }),
        refuse: ({ plan }) => (plan.axes.every(({ stride }) => stride === 1) ? strings.upsamplingOne : undefined),
        ask: (request) => actions.host.upsample(request),
        answer(computed, { batch, from, to, slice }, comparison) {
          const window = windowOf(computed.plan, { batch, from, to }, undefined, Infinity);
          if (!window || !model) {
            fail();
            return;
          }
          const told: Told = {
            comparison,
            plan: computed.plan,
            strings,
            look: model.view.upsampling,
            slice,
            channels: [from, to],
            present: comparison.results.filter(({ lack }) => lack === undefined),
            lacking: comparison.results.filter(({ lack }) => lack !== undefined),
          };
          showTools(told, model);
          tell({ film: upsamplingFilm(told), window, computed });
        },
        fail,
      });
      return (latest) => {
        model = latest;
        showToolsOnce(latest);
        follow(latest);
      };
    },
  };

  /** Before there is an answer the choices are there all the same. */
  function showToolsOnce(now: Model): void {
    if (shownTools === '') showTools(undefined, now);
    else against?.show(now.view.upsampling);
  }
}
