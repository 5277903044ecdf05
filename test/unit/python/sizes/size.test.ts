import assert from 'node:assert/strict';
import fc from 'fast-check';
import { print, substitute } from '../../../../src/python/sizes/print';
import {
  type Size,
  TooComplex,
  add,
  ceilDivide,
  equal,
  extreme,
  floorDivide,
  modulo,
  multiply,
  named,
  neverNegative,
  subtract,
  truncate,
  scale,
} from '../../../../src/python/sizes/size';

const [H, W] = [named('H'), named('W')];

/** An expression built twice: as a size, and as the number that Python would compute. */
interface Built {
  readonly size: Size;
  readonly value: (h: number, w: number) => number;
}

const leaf: fc.Arbitrary<Built> = fc.oneof(
  fc.constant({ size: H, value: (h: number) => h }),
  fc.constant({ size: W, value: (_h: number, w: number) => w }),
  fc.integer({ min: -9, max: 9 }).map((n) => ({ size: n, value: () => n })),
);

const grown = fc.letrec<{ built: Built }>((tie) => ({
  built: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc
      .tuple(tie('built'), tie('built'))
      .map(([a, b]) => ({ size: add(a.size, b.size), value: (h: number, w: number) => a.value(h, w) + b.value(h, w) })),
    fc.tuple(tie('built'), tie('built')).map(([a, b]) => ({
      size: subtract(a.size, b.size),
      value: (h: number, w: number) => a.value(h, w) - b.value(h, w),
    })),
    fc
      .tuple(tie('built'), fc.integer({ min: -4, max: 4 }))
      .map(([a, n]) => ({ size: multiply(a.size, n), value: (h: number, w: number) => a.value(h, w) * n })),
    fc.tuple(tie('built'), fc.integer({ min: 1, max: 6 })).map(([a, n]) => ({
      size: floorDivide(a.size, n),
      value: (h: number, w: number) => Math.floor(a.value(h, w) / n),
    })),
    fc.tuple(tie('built'), fc.integer({ min: 1, max: 6 })).map(([a, n]) => ({
      size: ceilDivide(a.size, n),
      value: (h: number, w: number) => Math.ceil(a.value(h, w) / n),
    })),
    fc.tuple(tie('built'), fc.integer({ min: 1, max: 6 })).map(([a, n]) => ({
      size: modulo(a.size, n),
      value: (h: number, w: number) => a.value(h, w) - n * Math.floor(a.value(h, w) / n),
    })),
    fc.tuple(tie('built'), tie('built')).map(([a, b]) => ({
      size: extreme('max', a.size, b.size),
      value: (h: number, w: number) => Math.max(a.value(h, w), b.value(h, w)),
    })),
  ),
})).built;

const sizes = fc.integer({ min: 0, max: 200 });
const at = (size: Size, h: number, w: number): Size =>
  substitute(
    size,
    new Map<string, Size>([
      ['H', h],
      ['W', w],
    ]),
  );

/** What Python makes of a printed size: its `//` is the floor of the quotient, `**` the power. */
function evaluatePython(text: string, h: number, w: number): number {
  const script = text.replaceAll('H', `(${h})`).replaceAll('W', `(${w})`);
  const tokens = script.match(/\d+|\/\/|\*\*|max|min|[-+*(),]/g) ?? [];
  let position = 0;
  const sum = (): number => {
    let value = product();
    while (tokens[position] === '+' || tokens[position] === '-')
      value = tokens[position++] === '+' ? value + product() : value - product();
    return value;
  };
  const product = (): number => {
    let value = unary();
    while (tokens[position] === '*' || tokens[position] === '//')
      value = tokens[position++] === '*' ? value * unary() : Math.floor(value / unary());
    return value;
  };
  const unary = (): number => {
    if (tokens[position] !== '-') return power();
    position++;
    return -unary();
  };
  const power = (): number => {
    const base = atom();
    if (tokens[position] !== '**') return base;
    position++;
    return base ** unary();
  };
  const atom = (): number => {
    const token = tokens[position++];
    if (token === '(') {
      const inner = sum();
      position++;
      return inner;
    }
    if (token !== 'max' && token !== 'min') return Number(token);
    position++;
    const [first, , second] = [sum(), position++, sum()];
    position++;
    return token === 'max' ? Math.max(first, second) : Math.min(first, second);
  };
  return sum();
}

describe('sizes as expressions', () => {
  it('have, for any numbers put in, the value that Python computes', () => {
    fc.assert(
      fc.property(grown, sizes, sizes, ({ size, value }, h, w) => assert.equal(at(size, h, w), value(h, w) + 0)),
    );
  });

  it('are printed so that Python reads the same value', () => {
    fc.assert(
      fc.property(grown, sizes, sizes, ({ size, value }, h, w) =>
        assert.equal(evaluatePython(String(print(size)), h, w) + 0, value(h, w) + 0),
      ),
    );
  });

  it('stay as they are where what is put in for their names would outgrow them', () => {
    const sumOf = (name: string): Size =>
      Array.from({ length: 12 }, (_, index) => named(`${name}${index}`)).reduce<Size>((sum, each) => add(sum, each), 0);
    const size = multiply(multiply(H, W), named('D'));
    const bindings = new Map(['H', 'W', 'D'].map((name) => [name, sumOf(name)]));
    assert.throws(() => multiply(multiply(sumOf('H'), sumOf('W')), sumOf('D')), TooComplex);
    assert.equal(substitute(size, bindings), size);
    assert.equal(print(substitute(floorDivide(size, 2), bindings)), print(floorDivide(size, 2)));
    assert.equal(substitute(size, new Map([...bindings, ['H', 0]])), 0);
  });

  it('are equal only where every number says so', () => {
    fc.assert(
      fc.property(grown, grown, sizes, sizes, (a, b, h, w) => {
        const verdict = equal(a.size, b.size);
        if (verdict !== undefined) assert.equal(a.value(h, w) === b.value(h, w), verdict);
      }),
    );
  });

  it('are called never negative only where no number makes them so', () => {
    fc.assert(
      fc.property(grown, sizes, sizes, ({ size, value }, h, w) => {
        if (neverNegative(size)) assert.ok(value(h, w) >= 0);
      }),
    );
  });

  const cases: readonly (readonly [string, Size, string | number])[] = [
    ['H − H', subtract(H, H), 0],
    ['((H − 1)//2)//2', floorDivide(floorDivide(subtract(H, 1), 2), 2), '(H - 1)//4'],
    ['(2H + 5)//2', floorDivide(add(multiply(H, 2), 5), 2), 'H + 2'],
    ['a strided convolution twice', add(floorDivide(add(floorDivide(subtract(H, 1), 2), 0), 2), 1), '(H - 1)//4 + 1'],
    ['H % 2 + 2·(H//2)', add(modulo(H, 2), multiply(2, floorDivide(H, 2))), 'H'],
    ['int(H / 2)', truncate(scale(H, 0.5))!, 'H//2'],
    ['int(H · 1.5)', truncate(scale(H, 1.5))!, 'H + H//2'],
    [
      '(N·C·H·W)//(C·H)',
      floorDivide([named('N'), named('C'), H, W].reduce<Size>(multiply, 1), multiply(named('C'), H)),
      'N*W',
    ],
    ['max(H, H − 1)', extreme('max', H, subtract(H, 1)), 'H'],
    ['min(C//2, C)', extreme('min', floorDivide(named('C'), 2), named('C')), 'C//2'],
    ['2·(H//2)', multiply(2, floorDivide(H, 2)), '2*(H//2)'],
    ['3 − H', subtract(3, H), '3 - H'],
    ['H·H', multiply(H, H), 'H**2'],
  ];
  for (const [title, size, expected] of cases) it(`${title} is ${expected}`, () => assert.equal(print(size), expected));
});
