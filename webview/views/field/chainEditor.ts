import { stageText } from '../../../src/core/chain/text';
import { MOST_STAGES } from '../../../src/core/chain/stage';
import { format } from '../../../src/core/problem';
import type { Strings } from '../../../src/protocol/strings';
import { button, textField, tool } from '../../controls';
import { make, setHidden, setText } from '../../dom';
import type { ChainModel, ChainText } from './chainModel';
import type { ChainMode } from './chainPart';
import { problemText } from './chainWords';
import { SAMPLES_A_SECOND } from './ratesWords';

interface Row {
  readonly element: HTMLElement;
  show(text: string, complaint: string | undefined): void;
}

/** The stages as lines that are typed: `conv k3 s2 p1`. Enter or leaving a field takes what was typed. */
export function createChainEditor(
  strings: Strings,
  change: (chain: ChainText) => void,
  reset: () => void,
): { readonly element: HTMLElement; show(chain: ChainText, model: ChainModel, mode: ChainMode): void } {
  let chain: ChainText = { lines: [], input: 1 };
  let model: ChainModel | undefined;
  const rows: Row[] = [];
  const list = make('div', { class: 'stages' });
  const complaint = make('output', { class: 'chain-problem' });

  interface Field {
    readonly element: HTMLElement;
    show(text: string): void;
    complain(message: string | undefined): void;
  }

  /** A field whose text is taken by Enter and when it is left; Escape takes back what was typed. */
  const field = (label: string, take: (text: string) => void): Field => {
    const control = textField(label);
    // What was shown or taken last: Enter is followed by a change, which says the same once more.
    let known = '';
    const commit = (): void => {
      const { text } = control;
      if (text === known) return;
      known = text;
      take(text);
    };
    control.element.addEventListener('change', commit);
    control.element.addEventListener('keydown', (event) => {
      if (event.key === 'Enter') commit();
      else if (event.key === 'Escape') control.text = known;
      else return;
      event.stopPropagation();
    });
    return {
      element: control.element,
      show(text) {
        known = text;
        control.text = text;
      },
      complain: (message) => control.complain(message),
    };
  };

  const size = field(strings.fieldInput, (text) => {
    const input = Number(text);
    if (Number.isSafeInteger(input) && input > 0 && input <= 1e7) change({ ...chain, input });
  });

  const rate = field(strings.ratesField, (text) => {
    const value = Number(text);
    if (value >= 1 && value <= 1e9) change({ ...chain, rate: value });
  });
  const rateLine = make(
    'span',
    { class: 'stage-line' },
    make('span', { class: 'at' }, strings.ratesUnit),
    rate.element,
  );

  const rowOf = (at: number): Row => {
    const control = field(format(strings.fieldLine, [at + 1]), (text) =>
      // Several lines, or stages with arrows between them, are several stages.
      change({
        ...chain,
        lines: [...chain.lines.slice(0, at), ...text.split(/\n|→|->|;/), ...chain.lines.slice(at + 1)]
          .map((line) => line.trim())
          .slice(0, MOST_STAGES),
      }),
    );
    const remove = tool('close', format(strings.fieldRemove, [at + 1]), () =>
      change({ ...chain, lines: chain.lines.filter((_, index) => index !== at) }),
    );
    return {
      element: make(
        'span',
        { class: 'stage-line' },
        make('span', { class: 'at' }, `${at + 1}`),
        control.element,
        remove.element,
      ),
      show(text, wrong) {
        control.show(text);
        control.complain(wrong);
      },
    };
  };

  const add = button(strings.fieldAdd, () => change({ ...chain, lines: [...chain.lines, 'conv k3 p1'] }));
  const back = button(strings.fieldBack, () => {
    if (model) change({ ...chain, lines: [...chain.lines, ...backOf(model)].slice(0, MOST_STAGES) });
  });
  const only = button(strings.fieldReset, reset);
  const element = make(
    'div',
    { class: 'chain-editor' },
    make('span', { class: 'stage-line' }, make('span', { class: 'at' }, strings.input), size.element),
    rateLine,
    list,
    make('span', { class: 'chain-tools' }, add.element, back.element, only.element),
    complaint,
  );

  return {
    element,
    show(now, shown, mode) {
      [chain, model] = [now, shown];
      setHidden(rateLine, mode !== 'rates');
      rate.show(String(now.rate ?? SAMPLES_A_SECOND));
      while (rows.length < now.lines.length) rows.push(rowOf(rows.length));
      const wanted = rows.slice(0, now.lines.length);
      if (list.children.length !== wanted.length) list.replaceChildren(...wanted.map((row) => row.element));
      size.show(String(now.input));
      const wrong = shown.lines.findIndex((line) => 'problem' in line);
      const said = wrong < 0 ? undefined : shown.lines[wrong];
      shown.lines.forEach((line, at) => {
        const stops = shown.sizes.stop?.stage === at ? shown.sizes.stop.problem : undefined;
        const problem = 'problem' in line ? line.problem : stops;
        wanted[at].show(line.text, problem && problemText(problem, strings));
      });
      const text = said && 'problem' in said ? problemText(said.problem, strings) : '';
      setText(complaint, text && `${format(strings.fieldLine, [wrong + 1])}: ${text}`);
      add.enable(now.lines.length < MOST_STAGES);
      back.enable(now.lines.length < MOST_STAGES && wrong < 0 && shown.chain.length > 0);
    },
  };
}

/** The stages in reverse, each undone by its transposed one: what makes larger where it made smaller. */
function backOf({ chain }: ChainModel): readonly string[] {
  return [...chain].reverse().flatMap((stage) => {
    if (stage.kind === 'conv') return [stageText({ ...stage, kind: 'convTranspose', outputPadding: [0] })];
    if (stage.kind === 'convTranspose') {
      const { kernel, stride, padding, dilation } = stage;
      return [stageText({ kind: 'conv', kernel, stride, padding, dilation })];
    }
    if (stage.kind === 'pool') {
      const { kernel, stride, padding, dilation } = stage;
      return [stageText({ kind: 'convTranspose', kernel, stride, padding, dilation, outputPadding: [0] })];
    }
    if (stage.kind === 'shuffle') return [stageText({ ...stage, kind: 'unshuffle' })];
    if (stage.kind === 'unshuffle') return [stageText({ ...stage, kind: 'shuffle' })];
    if (stage.kind === 'pad') return [stageText({ ...stage, kind: 'crop' })];
    if (stage.kind === 'crop') return [stageText({ ...stage, kind: 'pad' })];
    return [];
  });
}
