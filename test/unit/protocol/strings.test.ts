import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { AGAINST_STRINGS } from '../../../src/protocol/againstStrings';
import { CONVOLUTION_FILM_STRINGS } from '../../../src/protocol/convolutionFilmStrings';
import { FIELD_STRINGS } from '../../../src/protocol/fieldStrings';
import { FILM_STRINGS } from '../../../src/protocol/filmStrings';
import { FORMULA_STRINGS } from '../../../src/protocol/formulaStrings';
import { FRAMEWORK_STRINGS } from '../../../src/protocol/frameworkStrings';
import { GATHER_FILM_STRINGS } from '../../../src/protocol/gatherFilmStrings';
import { MATRIX_FILM_STRINGS } from '../../../src/protocol/matrixFilmStrings';
import { PHASES_STRINGS } from '../../../src/protocol/phasesStrings';
import { ARTEFACT_STRINGS } from '../../../src/protocol/artefactStrings';
import { LEARN_STRINGS } from '../../../src/protocol/learnStrings';
import { PIXEL_STRINGS } from '../../../src/protocol/pixelStrings';
import { TRAINING_STRINGS } from '../../../src/protocol/trainingStrings';
import { UPSAMPLING_STRINGS } from '../../../src/protocol/upsamplingStrings';
import { STRINGS } from '../../../src/protocol/strings';
import { ZERO_INSERTION_STRINGS } from '../../../src/protocol/zeroInsertionStrings';

const files = [
  AGAINST_STRINGS,
  CONVOLUTION_FILM_STRINGS,
  FIELD_STRINGS,
  FILM_STRINGS,
  FORMULA_STRINGS,
  FRAMEWORK_STRINGS,
  GATHER_FILM_STRINGS,
  MATRIX_FILM_STRINGS,
  PHASES_STRINGS,
  ARTEFACT_STRINGS,
  LEARN_STRINGS,
  PIXEL_STRINGS,
  TRAINING_STRINGS,
  UPSAMPLING_STRINGS,
  ZERO_INSERTION_STRINGS,
];

describe('the texts of the page', () => {
  it('come from files of which none takes a name that another has', () => {
    const all: Readonly<Record<string, string>> = STRINGS;
    for (const texts of files) for (const [name, text] of Object.entries(texts)) assert.equal(all[name], text, name);
    // Those that one of them has for itself, and the file that holds them together.
    const named = readdirSync('src/protocol').filter((name) => name.endsWith('Strings.ts'));
    assert.equal(named.length, files.length);
  });
});
