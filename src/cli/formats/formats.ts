import type { Terminal } from '../terminal';
import { asGithub } from './github';
import { asJson } from './json';
import { asJunit } from './junit';
import { asSarif } from './sarif';
import type { Checked } from './summary';
import { asText } from './text';

/** The formats in which `check` writes what it found. */
export const FORMATS: Readonly<Record<string, (checked: Checked, terminal: Terminal) => string>> = {
  text: asText,
  json: asJson,
  sarif: asSarif,
  github: asGithub,
  junit: asJunit,
};
