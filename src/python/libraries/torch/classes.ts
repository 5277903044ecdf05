/** Classes that derive from `nn.Module` and from nothing else, by their names within `torch.nn` (PyTorch 2.15). */
const PLAIN =
  'AdaptiveLogSoftmaxWithLoss Bilinear CELU ChannelShuffle Container CosineSimilarity CrossMapLRN2d DataParallel ' +
  'ELU Embedding EmbeddingBag Flatten Fold FractionalMaxPool2d FractionalMaxPool3d GELU GLU GroupNorm Hardshrink ' +
  'Hardsigmoid Hardswish Hardtanh Identity LayerNorm LeakyReLU Linear LocalResponseNorm LogSigmoid LogSoftmax ' +
  'Mish ModuleDict ModuleList MultiheadAttention PReLU PairwiseDistance ParameterDict ParameterList PixelShuffle ' +
  'PixelUnshuffle RMSNorm RNNBase RNNCellBase RReLU ReLU SELU Sequential SiLU Sigmoid Softmax Softmax2d Softmin ' +
  'Softplus Softshrink Softsign Tanh Tanhshrink Threshold Transformer TransformerDecoder TransformerDecoderLayer ' +
  'TransformerEncoder TransformerEncoderLayer Unflatten Unfold Upsample modules.batchnorm._NormBase ' +
  'modules.conv._ConvNd modules.dropout._DropoutNd modules.loss._Loss modules.padding._CircularPadNd ' +
  'modules.padding._ConstantPadNd modules.padding._ReflectionPadNd modules.padding._ReplicationPadNd ' +
  'modules.pooling._AdaptiveAvgPoolNd modules.pooling._AdaptiveMaxPoolNd modules.pooling._AvgPoolNd ' +
  'modules.pooling._LPPoolNd modules.pooling._MaxPoolNd modules.pooling._MaxUnpoolNd';

/** Classes by the class from which they derive; `#` stands for 1, 2 and 3. Of lazy ones without their mixins. */
const DERIVED: Readonly<Record<string, string>> = {
  'modules.batchnorm._NormBase': 'modules.batchnorm._BatchNorm modules.instancenorm._InstanceNorm',
  'modules.batchnorm._BatchNorm': 'BatchNorm#d LazyBatchNorm#d SyncBatchNorm',
  'modules.instancenorm._InstanceNorm': 'InstanceNorm#d LazyInstanceNorm#d',
  'modules.conv._ConvNd': 'Conv#d modules.conv._ConvTransposeNd',
  'modules.conv._ConvTransposeNd': 'ConvTranspose#d',
  'Conv#d': 'LazyConv#d',
  'ConvTranspose#d': 'LazyConvTranspose#d',
  'modules.dropout._DropoutNd': 'Dropout Dropout#d AlphaDropout FeatureAlphaDropout',
  'modules.pooling._AdaptiveAvgPoolNd': 'AdaptiveAvgPool#d',
  'modules.pooling._AdaptiveMaxPoolNd': 'AdaptiveMaxPool#d',
  'modules.pooling._AvgPoolNd': 'AvgPool#d',
  'modules.pooling._LPPoolNd': 'LPPool#d',
  'modules.pooling._MaxPoolNd': 'MaxPool#d',
  'modules.pooling._MaxUnpoolNd': 'MaxUnpool#d',
  'modules.padding._CircularPadNd': 'CircularPad#d',
  'modules.padding._ConstantPadNd': 'ConstantPad#d',
  'modules.padding._ReflectionPadNd': 'ReflectionPad#d',
  'modules.padding._ReplicationPadNd': 'ReplicationPad#d',
  'ConstantPad#d': 'ZeroPad#d',
  'modules.loss._Loss':
    'modules.loss._WeightedLoss BCEWithLogitsLoss CTCLoss CosineEmbeddingLoss GaussianNLLLoss HingeEmbeddingLoss ' +
    'HuberLoss KLDivLoss L1Loss MSELoss MarginRankingLoss MultiLabelMarginLoss PoissonNLLLoss SmoothL1Loss ' +
    'SoftMarginLoss TripletMarginLoss TripletMarginWithDistanceLoss',
  'modules.loss._WeightedLoss':
    'BCELoss CrossEntropyLoss LinearCrossEntropyLoss MultiLabelSoftMarginLoss MultiMarginLoss NLLLoss',
  NLLLoss: 'NLLLoss2d',
  Hardtanh: 'ReLU6',
  Linear: 'LazyLinear',
  RNNBase: 'GRU LSTM RNN',
  RNNCellBase: 'GRUCell LSTMCell RNNCell',
  Upsample: 'UpsamplingBilinear2d UpsamplingNearest2d',
};

const MODULE = 'torch.nn.Module';
const full = (name: string): string => `torch.nn.${name}`;
const listed = (names: string): string[] => names.split(' ');
const numbered = (name: string): string[] =>
  name.includes('#') ? [1, 2, 3].map((rank) => name.replace('#', String(rank))) : [name];

/** By class the one from which it derives. */
const bases: ReadonlyMap<string, string> = new Map([
  ...listed(PLAIN).map((name) => [full(name), MODULE] as const),
  ...Object.entries(DERIVED).flatMap(([base, names]) =>
    listed(names).flatMap((name) =>
      numbered(name).map((each, index) => [full(each), full(numbered(base)[index] ?? base)] as const),
    ),
  ),
]);

const knows = (name: string): boolean => name === MODULE || bases.has(name);

/** Whether a class of PyTorch is another or derives from it; `undefined` where one of them is not known. */
export function isTorchSubclass(name: string, base: string): boolean | undefined {
  if (!knows(name) || !knows(base)) return undefined;
  for (let at: string | undefined = name; at !== undefined; at = bases.get(at)) if (at === base) return true;
  return false;
}
