import { boolYaml11Tag, defineScalarTag, floatYaml11Tag, load, NOT_RESOLVED, realMapTag, YAML11_SCHEMA } from 'js-yaml';
import type { Value } from '../../model/value';
import { Float, fromData } from './json';

// PyYAML reads YAML 1.1, as js-yaml's schema of that name does, but for the two things that are put in its place here:
// it has floats apart from whole numbers, and takes `y` and `n` for texts.
const float = defineScalarTag(floatYaml11Tag.tagName, {
  ...floatYaml11Tag,
  resolve(source, isExplicit, name) {
    const value = floatYaml11Tag.resolve(source, isExplicit, name);
    return typeof value === 'number' ? new Float(value) : NOT_RESOLVED;
  },
});
const bool = defineScalarTag(boolYaml11Tag.tagName, {
  ...boolYaml11Tag,
  resolve: (source, isExplicit, name) =>
    /^[yn]$/i.test(source) ? NOT_RESOLVED : boolYaml11Tag.resolve(source, isExplicit, name),
});
const SCHEMA = YAML11_SCHEMA.withTags(realMapTag, float, bool);

/** What `yaml.safe_load` gives; `undefined` of what is no YAML of one document, or has tags of somebody's own. */
export function fromYaml(text: string): Value | undefined {
  try {
    return fromData(load(text, { schema: SCHEMA }));
  } catch {
    return undefined;
  }
}
