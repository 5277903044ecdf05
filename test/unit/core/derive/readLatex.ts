import assert from 'node:assert/strict';

/**
 * Reads the LaTeX of sums of products, alone or in an `array`, strictly: what is not of that language fails. A second
 * definition of what is written, which knows nothing of the writer.
 * @returns rows of values; `elements` has the value of each name
 */
export function readLatex(text: string, elements: ReadonlyMap<string, number>): number[][] {
  const grid = /^\\left\[\\begin\{array\}\{(c+)\}\n([\s\S]*)\n\\end\{array\}\\right\]$/.exec(text);
  if (!grid) return [[sumOf(text, elements)]];
  const [, columns, body] = grid;
  return body.split(' \\\\\n').map((line) => {
    const cells = line.trim().split(' & ');
    assert.equal(cells.length, columns.length, 'a row has as many cells as the array has columns');
    return cells.map((cell) => sumOf(cell, elements));
  });
}

function sumOf(text: string, elements: ReadonlyMap<string, number>): number {
  if (text === '0') return 0;
  return text.split(' + ').reduce((sum, product) => sum + productOf(product, elements), 0);
}

function productOf(text: string, elements: ReadonlyMap<string, number>): number {
  const names = text.split(/ \\cdot | (?!\\cdot)/);
  assert.ok(names.length <= 2, text);
  return names.reduce((product, name) => {
    // A letter, or an upright word, with one index under the line or in brackets, or with none.
    assert.match(name, /^(?:[a-z]|\\mathrm\{[a-z]+\})(?:_\{\d+(?:,\d+)*\}|\[\d+(?:,\d+)*\])?$/);
    const value = elements.get(name);
    assert.ok(value !== undefined, `${name} is no element`);
    return product * value;
  }, 1);
}
