/** Other names under which libraries offer the same things; first match wins, applied until none does. */
const REWRITES: readonly (readonly [RegExp, string])[] = [
  [/^torch\.nn\.modules\.(?:[a-z]\w*\.)?(?=[A-Z])/, 'torch.nn.'],
  [/^torch\.nn\.modules$/, 'torch.nn'],
  [/^torch\.nn\.module\./, 'torch.nn.modules.module.'],
  // What was asked of `nn.modules`, which is `nn` to us.
  [/^torch\.nn\.(?=(?:conv|batchnorm|instancenorm|pooling|padding|dropout|loss|rnn)\._)/, 'torch.nn.modules.'],
  [/^torch\.functional\./, 'torch.'],
  [
    /^torch\.nn\.utils\.(?:spectral_norm|weight_norm|parametrizations|parametrize|fusion)\.(?=[a-z])/,
    'torch.nn.utils.',
  ],
  [/^torch\._C\._nn\./, 'torch.nn.functional.'],
  [/^tensorflow\.compat\.v[12]\./, 'tensorflow.'],
  [/^tensorflow\.(?:python\.)?keras(?=\.|$)/, 'keras'],
  [/^tf_keras(?=\.|$)/, 'keras'],
  [/^keras\.(?:api|src|_tf_keras\.keras)(?=\.|$)/, 'keras'],
  [/^keras\.layers\.(?:[a-z_]\w*\.)+(?=[A-Z])/, 'keras.layers.'],
  [/^keras\.engine(?:\.\w+)?\.(?=[A-Z])/, 'keras.'],
  [/^keras\.(?:config|backend\.(?:common|config))\.(?=(?:set_)?image_)/, 'keras.backend.'],
  [/^keras\.models\.(?=Model$|Sequential$)/, 'keras.'],
  [/^keras\.layers\.Input$/, 'keras.Input'],
  [/^keras\.layers\.(?:Deconvolution|Convolution)([123])DTranspose$/, 'keras.layers.Conv$1DTranspose'],
  [/^keras\.layers\.MaxPool([123])D$/, 'keras.layers.MaxPooling$1D'],
  [/^keras\.layers\.AvgPool([123])D$/, 'keras.layers.AveragePooling$1D'],
  [/^keras\.layers\.GlobalMaxPool([123])D$/, 'keras.layers.GlobalMaxPooling$1D'],
  [/^keras\.layers\.GlobalAvgPool([123])D$/, 'keras.layers.GlobalAveragePooling$1D'],
  [/^keras\.layers\.SeparableConvolution([12])D$/, 'keras.layers.SeparableConv$1D'],
  [/^tensorflow\.image\.resize_images$/, 'tensorflow.image.resize'],
  [/^flax\.linen\.(?:linear|pooling|normalization|activation|module)\./, 'flax.linen.'],
  [/^jax\._src\.lax\.convolution\./, 'jax.lax.'],
  [/^jax\.lax\.conv\./, 'jax.lax.'],
  [/^onnx\.helper\.helper\./, 'onnx.helper.'],
  [/^paddle\.nn\.layer\.(?:\w+\.)?(?=[A-Z])/, 'paddle.nn.'],
];

/** A program names the same few things again and again, and to find that none of the rules fits takes all of them. */
const known = new Map<string, string>();
const MOST_KNOWN = 4_096;

export function canonical(name: string): string {
  let found = known.get(name);
  if (found === undefined) {
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(name, (found = rewritten(name)));
  }
  return found;
}

function rewritten(name: string): string {
  for (let round = 0; round < 4; round++) {
    const rule = REWRITES.find(([pattern]) => pattern.test(name));
    if (!rule) return name;
    const next = name.replace(rule[0], rule[1]);
    if (next === name) return name;
    name = next;
  }
  return name;
}
