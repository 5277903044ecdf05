import type { Plan } from '../../src/core/plan';
import { format } from '../../src/core/problem';
import type { Strings } from '../../src/protocol/strings';
import { make, setHidden, setText } from '../dom';
import type { Actions, Model, Part } from '../model';
import { followLink, type Pointed } from '../state/linkValues';
import { type CellFacts, cellFacts, nameOf, placeName, type ProductGroup, type ProductRow } from '../state/products';
import { readoutWords, showNumber } from '../state/readoutWords';
import { briefNumber } from '../grid/numberText';

/** More products than this are counted, not listed. */
const MOST_ROWS = 256;
/** Products that the sum is written out with. */
const MOST_TERMS = 8;

interface Term {
  readonly sign: '+' | '−';
  readonly nodes: readonly Node[];
}

export interface CellPane extends Part {
  /** The sum in one line, for the pane's header. */
  readonly summary: HTMLElement;
  /** Puts in what the view on show has to say besides. */
  showRows(rows: HTMLElement | undefined): void;
}

/** The whole value is said by the cell's own label; here the eye compares. */
const brief = (value: number): string => briefNumber(value, 4);
const signed = (value: number): string => (value < 0 ? `(${brief(value)})` : brief(value));

/** The cell under the pointer or the cursor: the sum that it is, product by product, in numbers. */
export function createCellPane(actions: Actions, strings: Strings): CellPane {
  const summary = make('span', { class: 'summary' });
  const name = make('div', { class: 'cell-name' });
  const sum = make('div', { class: 'cell-sum' });
  const list = make('div', { class: 'products' });
  const foot = make('div', { class: 'products-foot' });
  // Read aloud: the whole sum as one sentence.
  const spoken = make('output', { class: 'for-screen-readers', 'aria-live': 'polite' });
  const besides = make('div', { class: 'view-rows' });
  const element = make('div', { class: 'cell-pane' }, name, sum, list, foot, besides, spoken);
  let model: Model | undefined;
  const unfolded = new Set<number>();

  const pair = (input: string, weight: string): readonly HTMLElement[] => [
    make('b', { class: 'of-input' }, input),
    make('span', {}, '·'),
    make('b', { class: 'of-kernel' }, weight),
  ];

  const rowOf = (row: ProductRow, { tensor, groups }: CellFacts, plan: Plan, most: number): HTMLElement => {
    const [input, weight] = row.factors;
    const bar = make('span', { class: row.product < 0 ? 'amount below' : 'amount' });
    bar.style.setProperty('--share', String(most > 0 ? Math.abs(row.product) / most : 0));
    const said = (name: 'input' | 'weight' | 'output'): string =>
      groups.length > 1 ? placeName(plan, row[name]) : nameOf(plan, name, row[name]);
    const cells: readonly Node[] = [
      make('span', { class: row.number === undefined ? 'number none' : 'number' }, row.number?.toString() ?? ''),
      ...(tensor === 'output'
        ? [make('span', { class: 'of-input' }, said('input'))]
        : [make('span', { class: 'of-output' }, said('output'))]),
      make('span', { class: 'pair' }, ...pair(brief(input), brief(weight))),
      ...(tensor === 'weight'
        ? [make('span', { class: 'of-input' }, said('input'))]
        : [make('span', { class: 'of-kernel' }, said('weight'))]),
      make('span', { class: 'product' }, `= ${brief(row.product)}`),
      bar,
    ];
    return make('div', { class: 'product-row' }, ...cells);
  };

  /** Rows under each other, in columns as wide as their longest texts. */
  const rowsOf = (group: ProductGroup, facts: CellFacts, plan: Plan, most: number, name: string): HTMLElement => {
    const rows = group.rows.map((row) => rowOf(row, facts, plan, most));
    const element = make('div', { class: name }, ...rows);
    for (const [column, at] of Object.entries({ first: 1, pair: 2, second: 3 }))
      element.style.setProperty(
        `--${column}`,
        String(rows.reduce((longest, row) => Math.max(longest, row.children[at].textContent.length), 0)),
      );
    return element;
  };

  const groupOf = (group: ProductGroup, facts: CellFacts, plan: Plan, most: number, open: boolean): HTMLElement => {
    if (facts.groups.length === 1) return rowsOf(group, facts, plan, most, 'product-group product-rows');
    const head = make(
      'summary',
      {},
      make('span', { class: facts.tensor === 'output' ? 'of-input' : 'of-output' }, group.title),
      make('span', { class: 'product' }, brief(group.sum)),
    );
    const details = make('details', { class: 'product-group' }, head, rowsOf(group, facts, plan, most, 'product-rows'));
    details.open = open;
    details.addEventListener('toggle', () => {
      if (details.open) unfolded.add(group.channel);
      else unfolded.delete(group.channel);
    });
    return details;
  };

  const sumOf = ({ groups, bias, more, tensor }: CellFacts): readonly Node[] => {
    if (tensor !== 'output') return [];
    const rows = groups.flatMap((group) => group.rows);
    // Many channels are added up channel by channel: a sum of a thousand products says nothing.
    const whole = groups.length > 1;
    const text = (words: string): Node => document.createTextNode(words);
    /** A number is taken away where it is below zero; a product keeps its factors' signs. */
    const number = (value: number): Term => ({ sign: value < 0 ? '−' : '+', nodes: [text(brief(Math.abs(value)))] });
    const terms: readonly Term[] = whole
      ? groups.map(({ sum: part }) => number(part))
      : rows.map(({ factors: [input, weight] }) => ({ sign: '+', nodes: pair(signed(input), signed(weight)) }));
    const shown = terms.slice(0, MOST_TERMS);
    const rest = terms.length > shown.length || more > 0;
    const parts: readonly Term[] = [
      ...shown,
      ...(rest ? [{ sign: '+', nodes: [text('…')] } as const] : []),
      ...(bias ? [number(bias.value)] : []),
    ];
    return parts.flatMap(({ sign, nodes }, at) => [
      ...(at > 0 ? [text(` ${sign} `)] : sign === '−' ? [text(sign)] : []),
      ...nodes,
    ]);
  };

  const footOf = (facts: CellFacts): string => {
    if (facts.total === 0) return format(strings.readoutUnused, [facts.name]);
    if (facts.taps !== undefined) return format(strings.tapsMet, [facts.total, facts.taps]);
    return facts.total === 1 ? strings.productsOfOne : format(strings.productsOf, [facts.total]);
  };

  const show = (pointed: Pointed | undefined): void => {
    element.classList.toggle('empty', pointed === undefined);
    if (!pointed) {
      setText(name, '');
      sum.replaceChildren(strings.readoutHint);
      list.replaceChildren();
      setText(foot, '');
      setText(spoken, '');
      setText(summary, '');
      return;
    }
    const facts = cellFacts(pointed, MOST_ROWS);
    const { groups, bias, more } = facts;
    const equation = `${facts.name} = ${showNumber(facts.value)}`;
    setText(name, equation);
    sum.replaceChildren(...sumOf(facts));
    const most = Math.max(0, ...groups.flatMap(({ rows }) => rows.map(({ product }) => Math.abs(product))));
    const onShow = facts.tensor === 'output' ? model?.view.slices.inputChannel : model?.view.slices.outputChannel;
    const isKnown = groups.some(({ channel }) => channel === onShow);
    const opened = (channel: number, at: number): boolean =>
      unfolded.has(channel) || (isKnown ? channel === onShow : at === 0);
    list.replaceChildren(
      ...groups.map((group, at) => groupOf(group, facts, pointed.computed.plan, most, opened(group.channel, at))),
      ...(more > 0 ? [make('div', { class: 'product-more' }, format(strings.productsMore, [more]))] : []),
      ...(bias
        ? [make('div', { class: 'product-bias' }, bias.name, make('span', { class: 'product' }, brief(bias.value)))]
        : []),
    );
    foot.replaceChildren(
      make('span', {}, footOf(facts)),
      ...(facts.tensor === 'output' ? [make('strong', {}, showNumber(facts.value))] : []),
    );
    setText(summary, equation);
    const { link, computed, at } = pointed;
    setText(spoken, readoutWords(link, computed, at, computed.head.biasShape !== undefined, strings));
  };
  const follow = followLink(actions, MOST_ROWS, show);
  const pinned = make('span', { class: 'badge' }, strings.pinned);
  const head = make('span', { class: 'cell-head' }, summary, pinned);

  return {
    element,
    summary: head,
    showRows(rows) {
      if (besides.firstElementChild !== (rows ?? null)) besides.replaceChildren(...(rows ? [rows] : []));
      // Tables are longer than the pane, and have nothing that takes the focus: the pane itself is scrolled by keys.
      const scrolled = element.parentElement;
      if (rows) scrolled?.setAttribute('tabindex', '0');
      else scrolled?.removeAttribute('tabindex');
    },
    update(now) {
      model = now;
      setHidden(pinned, now.link?.pinned !== true);
      follow(now);
    },
  };
}
