import * as vscode from 'vscode';
import type { Words } from '../../language/words';
import { translated } from '../translate';

/** The language of the editor. */
export const EDITOR_WORDS: Words = {
  say: (template, ...args) => translated({ template, args }),
  get language() {
    return vscode.env.language;
  },
};
