// Blocks as Excel, Google Sheets and LibreOffice put them on the clipboard: tabs between cells, a line for each row.
import assert from 'node:assert/strict';
import { parsePastedCells } from '../../../../src/core/formats/pastedCells';

function cells(text: string): unknown {
  const parsed = parsePastedCells(text, { limit: 1e6 });
  if (!parsed.ok) return parsed.problems[0].code;
  if (parsed.value.kind === 'array') return parsed.value.shape;
  const { shape, values, holes } = parsed.value;
  const flat = Array.from(values, (value, at) => (holes?.[at] ? '·' : String(value)));
  return Array.from({ length: shape[0] }, (_, row) => flat.slice(row * shape[1], (row + 1) * shape[1]).join(' '));
}

describe('cells on the clipboard of a spreadsheet', () => {
  for (const [title, text, rows] of [
    ['a block', '1\t2\r\n3\t4\r\n', ['1 2', '3 4']],
    ['a block with an empty cell', '1\t\t3\n4\t5\t6\n', ['1 · 3', '4 5 6']],
    ['an empty cell at the end of a line', '1\t2\n3\t\n', ['1 2', '3 ·']],
    ['an empty row', '1\t2\n\t\n3\t4\n', ['1 2', '· ·', '3 4']],
    ['an empty first row', '\t\n1\t2', ['· ·', '1 2']],
    ['only an empty cell and a number', '\t7', ['· 7']],
    ['a column with an empty cell', '1\r\n\r\n3\r\n', ['1', '·', '3']],
    ['a column that ends in an empty cell', '1\r\n\r\n', ['1', '·']],
    ['decimal commas', '1,5\t\n2,5\t3', ['1.5 ·', '2.5 3']],
    ['a CSV line', '1,,3', ['1 · 3']],
    ['a printed array', '[[1, 2],\n [3, 4]]', ['1 2', '3 4']],
    ['a list', '[1, 2, 3]', ['1 2 3']],
    ['not a number but a value', '1\tnan', ['1 NaN']],
  ] as const) {
    it(`are read: ${title}`, () => assert.deepEqual(cells(text), rows));
  }

  it('are told from arrays of more axes', () => assert.deepEqual(cells('[[[1, 2]], [[3, 4]]]'), [2, 1, 2]));

  it('are refused where lines differ or a cell is a word', () => {
    assert.equal(cells('1\t2\n3'), 'file-ragged');
    assert.equal(cells('1\t2\n3\tx'), 'file-number');
    assert.equal(cells(''), 'file-no-numbers');
  });
});
