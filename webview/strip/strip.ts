import type { Kind } from '../../src/core/operation';
import { format, type ProblemField } from '../../src/core/problem';
import type { Strings } from '../../src/protocol/strings';
import { segments } from '../controls';
import { make, setHidden, setText } from '../dom';
import type { Actions, Model, Part } from '../model';
import { rove } from '../roving';
import { channelsOf } from '../state/channels';
import { type Box, createBox } from './box';
import { type BoxSpec, boxSpecs } from './boxSpecs';
import { createChips } from './chips';
import { chipsOf, createMore } from './more';
import { createOverlay, type Wrong } from './overlay';
import { printSizes } from './sizes';
import { createTools } from './tools';

const KINDS: readonly Kind[] = ['conv', 'convTranspose'];

export interface Strip extends Part {
  /** Where there is no room, all but the boxes goes behind *more*. */
  setNarrow(narrow: boolean): void;
  /** Lies over the page. */
  readonly overlay: HTMLElement;
  /** Closes what lies over the page; false when nothing did. */
  escape(): boolean;
}

/**
 * The first line of the page: the operation and its parameters, what is wrong with them, and the document's tools. Six
 * Tab stops at most.
 */
export function createStrip(actions: Actions, strings: Strings): Strip {
  let model: Model | undefined;
  const kind = segments(
    strings.operation,
    KINDS.map((value) => ({
      value,
      text: value === 'conv' ? strings.convShort : strings.convTransposeShort,
      title: strings[value],
    })),
    (value) =>
      actions.edit({ kind: 'setParameter', field: 'kind', value: value === 'conv' ? 'conv' : 'convTranspose' }),
  );
  const rank = segments(
    strings.dimensions,
    [1, 2, 3].map((value) => ({ value: String(value), text: `${value}D` })),
    (value) => actions.edit({ kind: 'setRank', rank: Number(value) }),
  );
  const output = make('span', { class: 'output-size' });
  const boxes = make('div', { class: 'boxes', role: 'group', 'aria-label': strings.parameters });
  const sizes = make('span', { class: 'sizes' }, '→ ', make('var', {}, 'o'), ' ', output);
  const more = createMore(actions, strings);
  const chips = createChips((hidden) => more.count(hidden));
  const count = make('button', { type: 'button', class: 'count', hidden: '' });
  const counted = make('span', {});
  count.append(make('span', { class: 'icon icon-error' }), counted);
  const tools = createTools(actions, strings);
  const overlay = createOverlay(actions, () => boxOf(overlay.element.dataset.for)?.focus());
  const known = new Map<string, Box>();
  const boxOf = (key: string | undefined): Box | undefined => (key === undefined ? undefined : known.get(key));
  const element = make(
    'div',
    { class: 'strip', role: 'region', 'aria-label': strings.parameters },
    kind.element,
    rank.element,
    boxes,
    more.element,
    chips.element,
    count,
    tools.element,
  );
  const roving = rove(boxes, 'vscode-text-field');
  count.addEventListener('click', () => overlay.next());

  const complained = (): void => {
    if (model) judge(model, boxSpecs(model));
  };
  const boxFor = (spec: BoxSpec): Box => {
    const box = known.get(spec.key) ?? createBox(spec, actions, strings, complained);
    known.set(spec.key, box);
    return box;
  };

  /** What is wrong, by box; what belongs to no box is shown under the count. */
  const judge = (now: Model, specs: ReturnType<typeof boxSpecs>): void => {
    const { problems } = now.edited.head;
    const errors = problems.filter(({ severity }) => severity === 'error');
    const all = [...specs.strip, ...specs.more];
    const anchorOf = (spec: BoxSpec): HTMLElement => (specs.strip.includes(spec) ? boxFor(spec).element : more.element);
    const fields = new Set<ProblemField>(all.map(({ problemField }) => problemField));
    const boxed = all.flatMap((spec): Wrong[] => {
      const { complaint } = boxFor(spec);
      const own = errors.filter(
        ({ field }) => field === spec.problemField && !(field === 'document' && spec.key !== 'inputChannels'),
      );
      return own.length > 0 || complaint !== undefined
        ? [{ key: spec.key, anchor: anchorOf(spec), complaint, problems: own }]
        : [];
    });
    const rest = errors.filter(({ field }) => !fields.has(field));
    const wrong =
      rest.length > 0 ? [...boxed, { key: 'rest', anchor: count, complaint: undefined, problems: rest }] : boxed;
    for (const spec of all)
      boxFor(spec).update(
        spec,
        wrong.some(({ key }) => key === spec.key),
      );
    setHidden(count, wrong.length === 0);
    setText(counted, String(wrong.length));
    count.title = format(strings.problemCount, [wrong.length]);
    count.setAttribute('aria-label', count.title);
    overlay.show(wrong, now);
  };

  return {
    element,
    overlay: overlay.element,
    setNarrow(narrow) {
      if (narrow === (kind.element.parentElement !== element)) return;
      if (narrow) more.rest.append(kind.element, rank.element, tools.element);
      else {
        element.prepend(kind.element, rank.element);
        element.append(tools.element);
      }
    },
    escape: () => overlay.close(),
    update(now) {
      model = now;
      const { head, plan } = now.edited;
      const specs = boxSpecs(now);
      kind.value = head.operation.kind;
      rank.value = String(head.weightShape.length - 2);
      const wanted = [...specs.strip.map((spec) => boxFor(spec).element), sizes];
      // Only when something has changed: an element that is put in again loses the focus.
      if (wanted.length !== boxes.children.length || wanted.some((each, at) => boxes.children[at] !== each))
        boxes.replaceChildren(...wanted);
      const others = specs.more.map((spec) => boxFor(spec).element);
      if (others.some((each, at) => more.boxes.children[at] !== each)) more.boxes.replaceChildren(...others);
      const shape = (plan ?? now.computed?.plan)?.outputShape;
      if (shape) setText(output, printSizes(shape.slice(2 - head.weightShape.length), true));
      output.classList.toggle('stale', plan === undefined);
      const { input, output: made, batch } = channelsOf(head);
      chips.show(chipsOf(now, input, made, batch));
      more.update(now);
      tools.update(now);
      judge(now, specs);
      roving.refresh();
    },
  };
}
