import { agreementOf, type Way } from '../../src/core/derive/agreement';
import type { Subject } from '../../src/core/derive/subject';
import { format } from '../../src/core/problem';
import type { Strings } from '../../src/protocol/strings';
import { make, setText } from '../dom';
import { showWords } from '../drawing/wordsElement';
import { briefNumber } from '../grid/numberText';
import type { Table } from './film';

const wayNames = (strings: Strings): Readonly<Record<Way, string>> => ({
  overlapAdd: strings.wayOverlapAdd,
  matrix: strings.wayMatrix,
  im2col: strings.wayIm2col,
  zeroInsertion: strings.wayZeroInsertion,
  phases: strings.wayPhases,
  gather: strings.wayGather,
});

/** That all derivations agree, and by how much they differ: computed, each by its own definition. */
export function agreementText(subject: Subject, strings: Strings): string {
  const { ways, outputs, largest, fromDocument } = agreementOf(subject);
  const names = wayNames(strings);
  const said = format(strings.waysAgree, [
    ways.map((way) => names[way]).join(', '),
    outputs,
    briefNumber(Math.max(largest, fromDocument ?? 0), 2),
  ]);
  if (subject.channelsAdded === 1) return said;
  return `${said} ${format(strings.oneChannelOf, [subject.channelsAdded])}`;
}

/** A table on the page. */
interface Shown {
  readonly element: HTMLElement;
  /** Writes another table of the same form into it. */
  write(table: Table): void;
}

/** What a table's elements follow from; all else is written into them. */
const formOf = ({ title, head, prose, rows, note }: Table): string =>
  JSON.stringify([title, head, prose, rows.map(({ cells }) => cells.length), note !== undefined]);

function tableOf(first: Table): Shown {
  const { title, head, prose } = first;
  const rows = first.rows.map(({ cells }) => {
    const data = cells.map(() => make('td', {}));
    return { element: make('tr', {}, ...data), data };
  });
  const note = first.note && make('p', { class: 'note' });
  const table = make(
    'table',
    prose ? { class: 'prose' } : {},
    ...(head
      ? [
          make(
            'thead',
            {},
            make('tr', {}, ...head.map((text) => (text === '' ? make('td', {}) : make('th', { scope: 'col' }, text)))),
          ),
        ]
      : []),
    make('tbody', {}, ...rows.map(({ element }) => element)),
  );
  return {
    element: make('section', {}, make('h3', {}, title), table, ...(note ? [note] : [])),
    write(now) {
      rows.forEach(({ element, data }, at) => {
        element.classList.toggle('now', now.rows[at].now === true);
        data.forEach((cell, column) => showWords(cell, now.rows[at].cells[column]));
      });
      if (note && now.note) showWords(note, now.note);
    },
  };
}

/** Tables beside a drawing. A step writes only the cells that say something else. */
export function createTables(): { readonly element: HTMLElement; show(tables: readonly Table[]): void } {
  const element = make('div', { class: 'film-tables' });
  let form = '';
  let shown: readonly Shown[] = [];
  return {
    element,
    show(tables) {
      const now = tables.map(formOf).join();
      if (now !== form) {
        form = now;
        shown = tables.map(tableOf);
        element.replaceChildren(...shown.map((table) => table.element));
      }
      shown.forEach((table, at) => table.write(tables[at]));
    },
  };
}

/** What a view of films adds to the pane *Cell*: the step's own tables, and that all derivations agree. */
export function createFilmRows(strings: Strings): {
  readonly element: HTMLElement;
  show(tables: readonly Table[], subject: Subject | undefined): void;
} {
  const tables = createTables();
  const agreement = make('p', { class: 'agreement' });
  const element = make('div', { class: 'film-rows' }, tables.element, agreement);
  let checked: Subject | undefined;

  return {
    element,
    show(now, subject) {
      tables.show(now);
      if (subject === checked) return;
      checked = subject;
      setText(agreement, subject ? agreementText(subject, strings) : '');
    },
  };
}
