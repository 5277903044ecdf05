import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { namesQuoted, outlineOf, referencesIn } from '../../../src/reader/outline';
import { python } from '../../python';

const TEXT = python`
  """Networks, such as Net."""
  import os.path
  import numpy as np
  from typing import (
      Any,  # not a (network)
      Optional as Maybe,
  )
  from ..blocks import Up
  from .tables import *

  WIDTH: int = 24


  @register
  class Net(Up):
      width = WIDTH

      def forward(self, x):
          from .late import helper
          return helper(np.pad(x))


  def make(
      width=WIDTH,
  ):
      return Net("Net")
  if WIDTH > 3:
      TALL = 4
  else:
      TALL = 5
`;

describe('the outline of a file', () => {
  const { imports, stars, parts, first } = outlineOf(TEXT);

  it('has what each import binds, wherever it stands', () => {
    assert.deepEqual(Object.fromEntries(imports), {
      os: { module: 'os', level: 0 },
      np: { module: 'numpy', level: 0 },
      Any: { module: 'typing', level: 0, taken: 'Any' },
      Maybe: { module: 'typing', level: 0, taken: 'Optional' },
      Up: { module: 'blocks', level: 2, taken: 'Up' },
      helper: { module: 'late', level: 1, taken: 'helper' },
    });
    assert.deepEqual(stars, [{ module: 'tables', level: 1 }]);
  });

  it('tells definitions, which wait, from what runs at once', () => {
    assert.deepEqual(
      [...parts].map(([name, { waits }]) => [name, waits]),
      [
        ['WIDTH', false],
        ['Net', true],
        ['make', true],
      ],
    );
    assert.ok(first.some(({ references }) => references.has('TALL')));
    assert.ok(!first.some(({ references }) => references.has('forward')));
  });

  it('has the names that a definition uses, and none of what it says or imports', () => {
    const net = parts.get('Net')!.references;
    assert.ok(net.has('Up') && net.has('WIDTH') && net.has('np.pad') && net.has('helper'));
    assert.ok(!net.has('late'));
    assert.ok(!referencesIn('"Net" + \'Net\' # Net\n').has('Net'));
  });

  it('finds the names in quotes', () => {
    assert.deepEqual([...namesQuoted('create("resnet18", \'a b\', "x", \'unet\')')], ['resnet18', 'unet']);
  });
});
