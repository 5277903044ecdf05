import { type Recipe, recipe } from '../../../src/core/frameworks/recipe';
import { TARGETS, type Target } from '../../../src/core/frameworks/recipeParts';
import { twinDifference } from '../../../src/core/frameworks/twinDifference';
import { trapsOf } from '../../../src/core/frameworks/traps';
import { VERSIONS } from '../../../src/core/frameworks/call';
import { format } from '../../../src/core/problem';
import type { Strings } from '../../../src/protocol/strings';
import { button, segments } from '../../controls';
import { make, setHidden, setText } from '../../dom';
import { followSubject } from '../../film/subjects';
import { brief } from '../../film/naming';
import type { Actions, Model, Part } from '../../model';
import { reportTo } from '../../report';
import { namesOf, type Told, toldOf } from './frameworksTold';

const ORDER = { first: ['N, C, W', 'N, C, H, W', 'N, C, D, H, W'], last: ['N, W, C', 'N, H, W, C', 'N, D, H, W, C'] };
const FIRST: readonly Target[] = ['PyTorch', 'Paddle', 'ONNX'];

/** Beside the cell: the recipe from the result on show into a framework, and what the layer meets on the way. */
export function createFrameworksRows(actions: Actions, strings: Strings): Part {
  let told: Told | undefined;
  let model: Model | undefined;
  let target: Target = 'PyTorch';
  const from = make('h3', {});
  const says = make('p', { class: 'note' });
  const code = make('pre', { class: 'recipe', tabindex: '0' });
  const order = make('p', { class: 'note' });
  const checked = make('p', { class: 'note' });
  const copy = button(strings.recipeCopy, () => {
    reportTo(actions)(actions.host.copy(code.textContent ?? '', target));
  });
  const choice = segments(
    strings.frameworks,
    TARGETS.map((value) => ({ value, text: value })),
    (value) => {
      target = value as Target;
      show();
    },
  );
  choice.value = target;
  const trapsTitle = make('h3', {}, strings.trapsTitle);
  const traps = make('ul', { class: 'traps' });
  const versions = make(
    'p',
    { class: 'note' },
    format(strings.versionsRun, [
      Object.entries(VERSIONS)
        .filter(([name]) => name !== 'Core ML')
        .map(([name, version]) => `${name} ${version}`)
        .join(', '),
    ]),
  );
  const element = make(
    'div',
    { class: 'film-tables frameworks-rows' },
    from,
    choice.element,
    says,
    code,
    make('div', { class: 'recipe-foot' }, copy.element, checked),
    order,
    trapsTitle,
    traps,
    versions,
  );

  const recipeWords = (made: Recipe): string => {
    if (made.possible) return made.alone ? strings.recipeAlone : format(strings.recipeAround, [target]);
    return format(made.why === 'groups' ? strings.recipeGroups : strings.recipeMode, [target]);
  };

  const show = (): void => {
    setHidden(element, told === undefined);
    if (!told || !model) return;
    const { results, layer } = told;
    const result = results[Math.min(Math.max(model.view.step - 1, 0), results.length - 1)];
    const [call] = result.calls;
    setText(from, format(strings.recipeTitle, [`${namesOf([call])} ${call.said}`]));
    const made = recipe(target, layer, { answer: result.answer, layout: call.layout });
    setText(says, recipeWords(made));
    setText(code, made.possible ? made.code : '');
    for (const each of [code, copy.element, order]) setHidden(each, !made.possible);
    const order0 = ORDER[FIRST.includes(target) ? 'first' : 'last'][layer.rank - 1];
    setText(order, format(strings.recipeOrder, [`(${order0})`, call.framework]));
    const difference = target === 'PyTorch' && made.possible ? twinDifference(told.compared, result) : undefined;
    setHidden(checked, difference === undefined);
    setText(checked, difference === undefined ? '' : format(strings.recipeChecked, [brief(difference)]));
  };

  const showTraps = (): void => {
    const met = told ? trapsOf(told.layer, told.calls) : [];
    setHidden(trapsTitle, met.length === 0);
    traps.replaceChildren(...met.map(({ code: name, args }) => make('li', {}, format(strings[`trap_${name}`], args))));
  };

  const follow = followSubject(actions, (followed) => {
    told = followed && toldOf(followed.subject, followed.computed.plan, strings);
    showTraps();
    show();
  });

  return {
    element,
    update(now) {
      model = now;
      follow(now);
      show();
    },
  };
}
