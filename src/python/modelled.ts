/**
 * Packages for whose functions and layers there are rules here, or that are known to say nothing of shapes: their own
 * source is never read instead. A file of its own, so that who asks need not load the interpreter.
 */
const MODELLED: ReadonlySet<string> = new Set([
  ...['torch', 'numpy', 'keras', 'tf_keras', 'tensorflow', 'jax', 'jaxlib', 'flax', 'haiku', 'equinox'],
  ...['paddle', 'onnx', 'einops', 'safetensors', 'scipy', 'typing_extensions'],
]);

export const isModelled = (name: string): boolean => MODELLED.has(name);
