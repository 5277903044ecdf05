import { frameworks } from '../../../src/python/libraries/registry';

/** A rule of a library that throws while a test asks it to, as no rule ever should. */
export function failing(name: string, error: () => Error): { begin(): void; end(): void } {
  const spec = frameworks.function(name);
  if (!spec) throw new Error(`There is no rule for ${name}.`);
  const { apply } = spec;
  const put = (rule: typeof apply): void => void Object.assign(spec, { apply: rule });
  return {
    begin: () => {
      put(function failing() {
        throw error();
      });
    },
    end: () => put(apply),
  };
}
