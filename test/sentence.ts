import assert from 'node:assert/strict';

/** Whether a message can be shown to a person: a sentence, not a name, with every place of its template filled in. */
export function assertSentence(message: string): void {
  assert.match(message, /^\S+ \S+ \S+/);
  assert.doesNotMatch(message, /\{\d\}|\[object /);
}
