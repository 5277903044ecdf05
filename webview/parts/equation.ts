import type { Strings } from '../../src/protocol/strings';
import { make, setHidden, setText, uniqueId } from '../dom';
import type { GridName } from '../gridName';
import type { Model, Part } from '../model';

/** What stands in the panel of one tensor, from top to bottom. */
export type PanelParts = Readonly<Record<GridName, readonly Part[]>>;

const shapeOf = ({ edited: { head, plan }, computed }: Model, name: GridName): readonly number[] | undefined => {
  if (name === 'input') return head.inputShape;
  return name === 'weight' ? head.weightShape : (plan ?? computed?.plan)?.outputShape;
};

function createPanel(name: GridName, title: string, parts: readonly Part[]): Part {
  const heading = make('h2', { id: uniqueId('tensor') }, title);
  const shape = make('span', { class: 'shape' });
  const element = make(
    'section',
    { class: `tensor ${name}`, 'aria-labelledby': heading.id },
    make('header', {}, heading, shape),
    ...parts.map((part) => part.element),
  );
  return {
    element,
    update(model) {
      setText(shape, shapeOf(model, name)?.join(' × ') ?? '');
      // While the parameters are illegal, the output is the last good one; input and kernel are always the document's
      // own.
      element.classList.toggle('stale', name === 'output' && model.edited.plan === undefined);
      for (const part of parts) part.update(model);
    },
  };
}

/** The operation as it is read: input ⊛ kernel → output. */
export function createEquation(strings: Strings, parts: PanelParts): Part {
  const panels = {
    input: createPanel('input', strings.input, parts.input),
    weight: createPanel('weight', strings.kernel, parts.weight),
    output: createPanel('output', strings.output, parts.output),
  };
  const operator = make('span', { class: 'operator', 'aria-hidden': 'true' }, '⊛');
  const transposed = make('sup', {}, 'ᵀ');
  operator.append(transposed);
  const arrow = make('span', { class: 'operator', 'aria-hidden': 'true' }, '→');
  return {
    element: make(
      'section',
      { class: 'equation', 'aria-label': strings.equation },
      panels.input.element,
      operator,
      panels.weight.element,
      arrow,
      panels.output.element,
    ),
    update(model) {
      setHidden(transposed, model.edited.head.operation.kind === 'conv');
      panels.input.update(model);
      panels.weight.update(model);
      panels.output.update(model);
    },
  };
}
