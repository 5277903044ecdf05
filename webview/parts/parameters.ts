import type { Dtype, PaddingMode } from '../../src/core/operation';
import type { Problem, ProblemField } from '../../src/core/problem';
import type { Strings } from '../../src/protocol/strings';
import { checkbox, dropdown } from '../controls';
import { make, setHidden } from '../dom';
import type { Actions, Part } from '../model';
import { type ParameterBlock, createParameter } from './parameter';
import { parameterSpecs } from './parameterSpecs';
import { createProblems } from './problems';

/** Problems of these are shown beside their own fields, all others below the parameters. */
const BESIDE: readonly ProblemField[] = [
  'stride',
  'padding',
  'dilation',
  'outputPadding',
  'groups',
  'weight',
  'input',
  'paddingMode',
];

/** The operation and all its parameters. */
export function createParameters(actions: Actions, strings: Strings, kind: Part): Part {
  const list = make('div', { class: 'parameter-list' });
  const blocks = new Map<string, ParameterBlock>();

  const linked = checkbox(strings.linkAxes, (on) => actions.look({ linked: on }));
  const bias = checkbox(strings.bias, (on) => actions.edit({ kind: 'setBias', on }));
  const dtype = dropdown(
    strings.precision,
    (['float32', 'float64'] as const).map((value) => ({ value, text: value })),
    (value) => actions.edit({ kind: 'setDtype', dtype: value as Dtype }),
  );
  const modes: Readonly<Record<PaddingMode, string>> = {
    zeros: strings.zeros,
    reflect: strings.reflect,
    replicate: strings.replicate,
    circular: strings.circular,
  };
  const mode = dropdown(
    strings.paddingMode,
    Object.entries(modes).map(([value, text]) => ({ value, text })),
    (value) => actions.edit({ kind: 'setParameter', field: 'paddingMode', value: value as PaddingMode }),
  );
  const modeProblems = createProblems(actions, ({ field }) => field === 'paddingMode');
  const modeBlock = make(
    'div',
    { class: 'parameter' },
    make('div', { class: 'title' }, strings.paddingMode),
    mode.element,
    modeProblems.element,
  );
  const dtypeBlock = make(
    'div',
    { class: 'parameter' },
    make('div', { class: 'title' }, strings.precision),
    dtype.element,
  );
  const options = make('div', { class: 'options' }, kind.element, linked.element, bias.element);
  const others = createProblems(actions, ({ field }: Problem) => !BESIDE.includes(field));

  return {
    element: make('div', { class: 'parameters' }, options, list, others.element),
    update(model) {
      kind.update(model);
      const specs = parameterSpecs(model);
      for (const spec of specs) {
        const block = blocks.get(spec.key) ?? createParameter(spec.key, actions, strings);
        blocks.set(spec.key, block);
        block.update(spec, model);
      }
      const wanted = [...specs.map(({ key }) => blocks.get(key)!.element), modeBlock, dtypeBlock];
      // Only when something has changed: an element that is put in again loses the focus.
      if (wanted.length !== list.children.length || wanted.some((each, at) => list.children[at] !== each))
        list.replaceChildren(...wanted);
      const { operation, dtype: precision, biasShape } = model.edited.head;
      const paddingMode = operation.paddingMode ?? 'zeros';
      setHidden(modeBlock, operation.kind === 'convTranspose' && paddingMode === 'zeros');
      mode.value = paddingMode;
      dtype.value = precision;
      linked.checked = model.view.linked;
      bias.checked = biasShape !== undefined;
      modeProblems.update(model);
      others.update(model);
    },
  };
}
