// What the extension-host tests use of `node:assert/strict`, which the bundler replaces by this for the web.

class AssertionError extends Error {
  override readonly name = 'AssertionError';
}

function check(holds: boolean, message: string | Error | undefined, otherwise: () => string): asserts holds {
  if (holds) return;
  throw message instanceof Error ? message : new AssertionError(message ?? otherwise());
}

const show = (value: unknown): string =>
  JSON.stringify(value, (_key, each: unknown) => (ArrayBuffer.isView(each) ? Object.values(each) : each)) ??
  String(value);

/** Structurally equal: the same prototypes, the same keys, and values that `Object.is` cannot tell apart. */
function isSame(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Object.getPrototypeOf(one) !== Object.getPrototypeOf(other)) return false;
  if (one instanceof Map || one instanceof Set) return isSame([...one], [...(other as Iterable<unknown>)]);
  const keys = Object.keys(one);
  return (
    keys.length === Object.keys(other).length &&
    keys.every(
      (key) =>
        Object.hasOwn(other, key) &&
        isSame((one as Record<string, unknown>)[key], (other as Record<string, unknown>)[key]),
    )
  );
}

type Expected = RegExp | ((error: Error) => boolean);
const isAsExpected = (error: unknown, expected: Expected): boolean =>
  expected instanceof RegExp ? expected.test(String(error)) : expected(error as Error);

const assert = {
  ok(value: unknown, message?: string | Error): asserts value {
    check(Boolean(value), message, () => `It is ${show(value)}.`);
  },
  equal(actual: unknown, expected: unknown, message?: string): void {
    check(Object.is(actual, expected), message, () => `${show(actual)}, not ${show(expected)}`);
  },
  notEqual(actual: unknown, expected: unknown, message?: string): void {
    check(!Object.is(actual, expected), message, () => `Both are ${show(actual)}.`);
  },
  deepEqual(actual: unknown, expected: unknown, message?: string): void {
    check(isSame(actual, expected), message, () => `${show(actual)}, not ${show(expected)}`);
  },
  match(text: string, pattern: RegExp, message?: string): void {
    check(pattern.test(text), message, () => `${show(text)} does not match ${String(pattern)}`);
  },
  doesNotMatch(text: string, pattern: RegExp, message?: string): void {
    check(!pattern.test(text), message, () => `${show(text)} matches ${String(pattern)}`);
  },
  fail(message: string): never {
    throw new AssertionError(message);
  },
  async rejects(promise: Promise<unknown>, expected: Expected = () => true): Promise<void> {
    const error = await promise.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    check(error !== undefined, undefined, () => 'It was not rejected.');
    check(
      isAsExpected(error, expected),
      undefined,
      () => `It was rejected with ${error instanceof Error ? error.message : typeof error}`,
    );
  },
};

// Under the name by which the tests import what this stands for.
export { assert as default };
