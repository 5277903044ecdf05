import { weightPlane } from '../../../src/core/kernels/channels';
import { windowOf } from '../../../src/core/derive/window';
import { OPTIMIZERS, type Optimizer } from '../../../src/core/training/optimizers';
import type { TrainingRequest, TrainingRun } from '../../../src/protocol/panel';
import type { Strings } from '../../../src/protocol/strings';
import { button, dropdown, tool } from '../../controls';
import { make } from '../../dom';
import type { Film, OwnPart } from '../../film/film';
import { followAsking } from '../../film/followAsking';
import { channelsOf } from '../../film/subjects';
import type { Actions, Computed, Model } from '../../model';
import type { TrainingLook } from '../../view';
import { trainingScene } from './scene';
import { kernelAt, nowOf, stepsOfRun, type Told, toldOf } from './told';
import { sentencesOf, tablesOf } from './words';

const RATES = [0.001, 0.003, 0.01, 0.02, 0.03, 0.1, 0.3, 1, 3, 10] as const;

function requestOf(computed: Computed, { view }: Model): TrainingRequest {
  const { kind, axes } = computed.plan;
  const canGoBack = kind === 'convTranspose' && axes.some(({ stride }) => stride > 1);
  return {
    ...channelsOf(computed, view.slices),
    ...view.training,
    ...(canGoBack ? {} : { target: 'own' }),
  };
}

/** A step for each step of the run, between its start and the optimum. */
export function trainingFilm(told: Told): Film {
  const { strings } = told;
  const last = stepsOfRun(told);
  return {
    phases: [
      { title: strings.trainingStart, steps: [''] },
      ...(last > 0 ? [{ title: strings.trainingRun, steps: new Array<string>(last).fill(''), runs: true }] : []),
      { title: strings.trainingOptimum, steps: [''] },
    ],
    frame(step, room) {
      const now = nowOf(told, step > last ? undefined : step);
      return { scene: trainingScene(told, now, room), ...sentencesOf(told, now), tables: tablesOf(told, now) };
    },
  };
}

/** Learning a kernel of the document, in the compute thread. */
export function trainingPart(actions: Actions, strings: Strings): OwnPart {
  const change = (looked: Partial<TrainingLook>): void =>
    actions.look(({ training }) => ({ training: { ...training, ...looked }, step: 0 }));
  let model: Model | undefined;
  let told: Told | undefined;
  let asking: { readonly computed: Computed; readonly request: TrainingRequest } | undefined;

  const target = dropdown(
    strings.trainingTarget,
    [
      { value: 'back', text: strings.trainingBack },
      { value: 'own', text: strings.trainingOwn },
    ],
    (value) => change({ target: value === 'own' ? 'own' : 'back' }),
  );
  const names: Readonly<Record<Optimizer, string>> = {
    adam: strings.trainingAdam,
    momentum: strings.trainingMomentum,
    descent: strings.trainingDescent,
  };
  const method = dropdown(
    strings.trainingMethod,
    OPTIMIZERS.map((value) => ({ value, text: names[value] })),
    (value) => change({ optimizer: OPTIMIZERS.find((each) => each === value) ?? 'adam' }),
  );
  const rate = dropdown(
    strings.trainingRate,
    RATES.map((each) => ({ value: String(each), text: String(each) })),
    (value) => change({ rate: Number(value) }),
  );
  const seed = make('span', { class: 'training-seed' });
  const again = tool('refresh', strings.trainingNewSeed, () => change({ seed: (model?.view.training.seed ?? 0) + 1 }));
  const reset = tool('discard', strings.trainingReset, () => actions.look({ step: 0 }));
  const keep = button(strings.trainingKeep, () => {
    if (!told || !asking || !model) return;
    const { plan } = asking.computed;
    const last = stepsOfRun(told);
    const values = model.view.step > last ? told.run.training.optimum : kernelAt(told, model.view.step);
    const first = weightPlane(plan, asking.request.from, asking.request.to) * plan.kernelArea;
    actions.edit({
      kind: 'setCells',
      tensor: 'weight',
      indices: Uint32Array.from(values, (_, at) => first + at),
      values: Float64Array.from(values),
    });
  });
  keep.label(strings.trainingKeep, strings.trainingKeepTitle);
  const field = (text: string, control: HTMLElement): HTMLElement => make('span', { class: 'choice' }, text, control);
  const goal = field(strings.trainingTarget, target.element);
  const tools = make(
    'span',
    { class: 'training-tools' },
    goal,
    field(strings.trainingMethod, method.element),
    field(strings.trainingRate, rate.element),
    make('span', { class: 'choice' }, strings.trainingSeed, seed, again.element, reset.element),
    keep.element,
  );
  const showTools = ({ view: { training } }: Model, asked: TrainingRequest | undefined): void => {
    target.value = asked?.target ?? training.target;
    target.enable(asked === undefined || asked.target === training.target);
    method.value = training.optimizer;
    rate.value = String(training.rate);
    if (seed.textContent !== String(training.seed)) seed.textContent = String(training.seed);
    keep.enable(told !== undefined);
  };

  return {
    id: 'training',
    title: strings.training,
    hint: strings.trainingHint,
    tools,
    follow(tell) {
      const fail = (sentence = strings.filmNothing): void => {
        told = undefined;
        tell(sentence);
      };
      const follow = followAsking<TrainingRequest, TrainingRun>({
        requestOf,
        refuse: ({ plan }) => (plan.rank > 2 ? strings.trainingVolume : undefined),
        ask: (request) => actions.host.train(request),
        answer(computed, request, run) {
          const { batch, from, to } = request;
          const window = windowOf(computed.plan, { batch, from, to }, undefined);
          if (!window || !model) {
            fail();
            return;
          }
          told = toldOf(run, strings);
          asking = { computed, request };
          showTools(model, request);
          tell({ film: trainingFilm(told), window, computed });
        },
        fail,
      });
      return (latest) => {
        model = latest;
        showTools(latest, latest.computed && requestOf(latest.computed, latest));
        follow(latest);
      };
    },
  };
}
