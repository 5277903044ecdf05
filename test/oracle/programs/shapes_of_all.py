import torch
import torch.nn as nn
import torch.nn.functional as F


def probe(t):
    """Each size of a tensor is the length of a signal, and its axis the number of channels."""
    F.conv1d(torch.zeros(1, 1, 100 + t.dim()), torch.zeros(1, 1, 1))
    for i, s in enumerate(t.shape):
        F.conv1d(torch.zeros(1, i + 2, s + 3), torch.zeros(1, i + 2, 1))


x = torch.zeros(2, 6, 8, 10)

# %% interpolate by floats
probe(F.interpolate(x, scale_factor=1.3))
probe(F.interpolate(x, scale_factor=(0.7, 1.6), mode="bilinear"))
probe(F.interpolate(x, size=(5, 7), mode="area"))

# %% unflatten
probe(x.unflatten(1, (2, 3)))
probe(x.unflatten(1, (-1, 3)))
probe(nn.Unflatten(1, (3, 2))(x))

# %% tensor_split
for t in torch.tensor_split(x, 4, dim=1): probe(t)
for t in x.tensor_split((1, 3), dim=2): probe(t)

# %% split uneven and chunk
for t in x.split(4, 1): probe(t)
for t in x.chunk(4, 1): probe(t)
for t in torch.split(x, [1, 2, 3], 1): probe(t)

# %% movedim swapaxes
probe(x.movedim(1, -1))
probe(torch.movedim(x, (0, 1), (2, 0)))
probe(x.swapaxes(1, 3))
probe(x.moveaxis(3, 1))

# %% gather and take_along
i = torch.zeros(2, 3, 8, 10, dtype=torch.long)
probe(x.gather(1, i))
probe(torch.take_along_dim(x, i, dim=1))
probe(torch.index_select(x, 1, torch.tensor([0, 2])))

# %% repeat_interleave
probe(x.repeat_interleave(3, dim=1))
probe(torch.repeat_interleave(x, 2))
probe(x.repeat_interleave(torch.tensor([1, 2, 0, 1, 3, 1]), dim=1))

# %% repeat and tile
probe(x.repeat(1, 2, 1, 1))
probe(x.repeat(2, 1, 1, 1, 3))
probe(torch.tile(x, (2, 2)))
probe(x.tile(3))

# %% stacks
a = torch.zeros(3, 4)
probe(torch.stack([a, a], -1))
probe(torch.hstack([a, a]))
probe(torch.vstack([a, a]))
probe(torch.dstack([a, a]))
probe(torch.column_stack([a, a[:, 0]]))

# %% atleast
probe(torch.atleast_3d(torch.zeros(3, 4)))
probe(torch.atleast_2d(torch.zeros(3)))
probe(torch.atleast_1d(torch.tensor(3)))

# %% block_diag kron
probe(torch.block_diag(torch.zeros(2, 3), torch.zeros(4, 5), torch.zeros(2)))
probe(torch.kron(torch.zeros(2, 3), torch.zeros(4, 5)))

# %% cartesian and combinations
probe(torch.cartesian_prod(torch.arange(3), torch.arange(4)))
probe(torch.combinations(torch.arange(5), 2))
probe(torch.combinations(torch.arange(4), 2, with_replacement=True))

# %% tril_indices
probe(torch.tril_indices(4, 5))
probe(torch.triu_indices(4, 4, 1))

# %% meshgrid
a, b = torch.meshgrid(torch.arange(3), torch.arange(4), indexing="ij")
probe(a)
c, d = torch.meshgrid(torch.arange(3), torch.arange(4), indexing="xy")
probe(d)

# %% topk kthvalue median
probe(x.topk(3, dim=1)[0])
probe(x.kthvalue(2, dim=2).values)
probe(x.median(dim=1)[0])
probe(x.mode(dim=3)[1])
probe(x.kthvalue(2, keepdim=True)[0])

# %% cumulative
probe(x.cummax(1)[0])
probe(x.logcumsumexp(2))
probe(x.diff(dim=1))
probe(torch.diff(x, n=2))
probe(torch.diff(x, prepend=x[..., :1]))

# %% one_hot
probe(F.one_hot(torch.zeros(2, 3, dtype=torch.long), 5))

# %% pad_sequence
probe(nn.utils.rnn.pad_sequence([torch.zeros(3, 4), torch.zeros(5, 4)]))
probe(nn.utils.rnn.pad_sequence([torch.zeros(3, 4), torch.zeros(5, 4)], batch_first=True))

# %% diag
probe(torch.diag(torch.zeros(3)))
probe(torch.diag(torch.zeros(3, 5), 1))
probe(torch.diag_embed(torch.zeros(2, 3)))
probe(torch.diagonal(x, 0, 1, 2))
probe(torch.diagonal(x, 2, 2, 3))

# %% rot90 roll narrow [in part]
probe(torch.rot90(x, 1, (2, 3)))
probe(torch.rot90(x, 2, (2, 3)))
probe(x.roll(1, 1))
probe(x.narrow(1, 2, 3))
probe(x.narrow_copy(-1, 2, 3))

# %% broadcast_tensors
a, b = torch.broadcast_tensors(torch.zeros(3, 1), torch.zeros(1, 4))
probe(a)
probe(b)
probe(torch.zeros(2).expand(3, -1))
probe(torch.zeros(3, 1).expand_as(torch.zeros(3, 4)))

# %% as_strided
probe(torch.as_strided(torch.zeros(20), (3, 4), (4, 1)))

# %% complex views
probe(torch.view_as_complex(torch.zeros(3, 4, 2)))
probe(torch.view_as_real(torch.zeros(3, 4, dtype=torch.cfloat)))

# %% fft [in part]
probe(torch.fft.rfft(x))
probe(torch.fft.irfft(torch.fft.rfft(x)))
probe(torch.fft.rfft2(x))
probe(torch.fft.fft(x, n=16))
probe(torch.fft.rfftn(x, dim=(1, 2)))
probe(torch.fft.irfft2(torch.fft.rfft2(x), s=(8, 9)))
probe(torch.fft.fftshift(x))
probe(torch.fft.rfftfreq(9))

# %% pixel_unshuffle
probe(F.pixel_unshuffle(x, 2))
probe(nn.PixelShuffle(1)(x))
probe(nn.ChannelShuffle(3)(x))

# %% grids
probe(F.affine_grid(torch.zeros(2, 2, 3), (2, 3, 5, 6)))
probe(F.grid_sample(x, torch.zeros(2, 4, 5, 2)))

# %% pools [in part]
probe(nn.LPPool2d(2, 3, stride=2)(x))
probe(nn.FractionalMaxPool2d(2, output_size=(3, 4))(x))
probe(nn.AdaptiveAvgPool2d((None, 4))(x))
probe(F.adaptive_max_pool2d(x, 3))
o, i = F.max_pool2d(x, 2, return_indices=True)
probe(i)
probe(nn.MaxUnpool2d(2)(o, i))
probe(F.avg_pool2d(x, 3, 2, ceil_mode=True))
probe(F.lp_pool2d(x, 2, 3))

# %% lstm
o, (h, c) = nn.LSTM(10, 5, 2, bidirectional=True, batch_first=True, proj_size=3)(torch.zeros(2, 7, 10))
probe(o)
probe(h)
probe(c)

# %% gru unbatched
o, h = nn.GRU(10, 5)(torch.zeros(7, 10))
probe(o)
probe(h)

# %% attention
m = nn.MultiheadAttention(12, 3, batch_first=True)
o, w = m(torch.zeros(2, 5, 12), torch.zeros(2, 7, 12), torch.zeros(2, 7, 12))
probe(o)
probe(w)
o, w = m(torch.zeros(2, 5, 12), torch.zeros(2, 7, 12), torch.zeros(2, 7, 12), average_attn_weights=False)
probe(w)

# %% transformer
probe(nn.Transformer(12, 3, 1, 1, 24)(torch.zeros(5, 2, 12), torch.zeros(7, 2, 12)))
probe(nn.TransformerEncoder(nn.TransformerEncoderLayer(12, 3, 24, batch_first=True), 1)(torch.zeros(2, 5, 12)))

# %% bilinear and embedding bag
probe(nn.Bilinear(3, 4, 5)(torch.zeros(2, 7, 3), torch.zeros(2, 7, 4)))
probe(nn.EmbeddingBag(10, 3)(torch.zeros(2, 4, dtype=torch.long)))

# %% distances
probe(torch.cdist(torch.zeros(2, 3, 4), torch.zeros(2, 5, 4)))
probe(nn.CosineSimilarity(dim=1)(x, x))
probe(nn.PairwiseDistance()(torch.zeros(3, 4), torch.zeros(3, 4)))
probe(F.cosine_similarity(x, x, dim=-1))
probe(F.pdist(torch.zeros(5, 3)))

# %% stft
s = torch.stft(torch.zeros(2, 400), 64, 16, return_complex=True, window=torch.hann_window(64))
probe(s)
probe(torch.istft(s, 64, 16, window=torch.ones(64)))

# %% einsum with ellipsis
probe(torch.einsum("b...c,dc->b...d", x, torch.zeros(3, 10)))
probe(torch.einsum("ii->i", torch.zeros(3, 3)))
probe(torch.einsum("bchw,bkhw->bck", x, x))

# %% tensordot and inner
probe(torch.tensordot(x, torch.zeros(8, 10, 3), dims=2))
probe(torch.tensordot(x, torch.zeros(6, 4), dims=([1], [0])))
probe(torch.inner(torch.zeros(2, 3), torch.zeros(4, 3)))
probe(torch.outer(torch.zeros(3), torch.zeros(4)))
probe(torch.chain_matmul(torch.zeros(2, 3), torch.zeros(3, 4)))

# %% matmul of vectors
probe(torch.zeros(3) @ torch.zeros(3, 4))
probe(torch.zeros(5, 2, 3) @ torch.zeros(3))
probe(torch.matmul(torch.zeros(4, 1, 2, 3), torch.zeros(5, 3, 6)))

# %% linalg [in part]
u, s, v = torch.linalg.svd(torch.zeros(3, 5), full_matrices=False)
probe(u)
probe(v)
q, r = torch.linalg.qr(torch.zeros(3, 5))
probe(q)
probe(r)
probe(torch.linalg.norm(x, dim=(2, 3)))
probe(torch.linalg.inv(torch.eye(3)))
probe(torch.linalg.solve(torch.eye(3), torch.zeros(3, 2)))
probe(torch.linalg.vector_norm(x, dim=1, keepdim=True))

# %% unfold
probe(x.unfold(2, 3, 2))
probe(F.unfold(x, 3, padding=1))
probe(F.fold(torch.zeros(2, 27, 80), (8, 10), 3, padding=1))

# %% aminmax and reductions [in part]
probe(x.aminmax(dim=1).max)
probe(x.amax((1, 2)))
probe(x.std((2, 3), keepdim=True))
probe(torch.var_mean(x, 1)[0])
probe(x.logsumexp((1, 2)))
probe(x.count_nonzero(dim=1))
probe(x.argmax())
probe(x.argmax(1, True))
probe(x.prod(2))
probe(x.norm(dim=1))
probe(x.nanmean(0))
probe(x.quantile(0.5, dim=1))
probe(torch.quantile(x, torch.tensor([0.1, 0.9]), dim=1))

# %% indexing [in part]
probe(x[:, None])
probe(x[..., 0])
probe(x[:, [0, 2]])
probe(x[[0, 1], [2, 3]])
probe(x[:, [0, 1], :, [2, 3]])
probe(x[0, :, torch.tensor([1, 2])])
probe(x[:, torch.zeros(3, 2, dtype=torch.long)])
probe(x[..., ::3])
probe(x[-1, 1:-1])
probe(x[:, :, x.new_zeros(8).bool()])
probe(x[True])

# %% index with steps and negative bounds
probe(x[:, -4:-1, :100, 3:2])
probe(x[:, 5:1])
probe(x[1:2, ..., None, :3])

# %% masks and where
probe(torch.where(torch.zeros(8, 1).bool(), x, torch.zeros(10)))
probe(x.masked_fill(torch.zeros(8, 10).bool(), 0.))
probe(torch.clamp(x, torch.zeros(10)))

# %% arange
probe(torch.arange(0, 1, 0.3))
probe(torch.arange(7, 1, -2))
probe(torch.linspace(0, 1, 5))
probe(torch.logspace(0, 1, 4))
probe(torch.range(1, 4))

# %% tensor of lists
probe(torch.tensor([[1, 2, 3], [4, 5, 6]]))
probe(torch.tensor([[torch.tensor(1), 2]]))
probe(torch.as_tensor([]))
probe(torch.tensor(3.))
probe(torch.tensor([[[]]]))

# %% like and new
probe(x.new_zeros(3, 4))
probe(x.new_full((2, 5), 1))
probe(torch.zeros_like(x[0]))
probe(torch.empty(2, 3).normal_())
probe(x.new_tensor([1, 2]))
probe(torch.full((3,), 2))
probe(torch.rand(size=(3, 4)))
probe(torch.randperm(5))
probe(torch.eye(3, 4))
probe(torch.randint(3, (2, 4)))
probe(torch.empty_strided((2, 3), (3, 1)))
probe(torch.bernoulli(x))
probe(torch.normal(0., 1., (2, 3)))
probe(torch.multinomial(torch.ones(2, 5), 3, replacement=True))

# %% squeeze
probe(torch.zeros(1, 3, 1).squeeze())
probe(torch.zeros(1, 3, 1).squeeze(1))
probe(torch.zeros(1, 3, 1).squeeze((0, 2)))
probe(x.unsqueeze(-2))
probe(torch.zeros(1, 3, 1).squeeze(-1))

# %% flatten ravel view [in part]
probe(x.flatten(1))
probe(x.flatten(1, 2))
probe(x.ravel())
probe(x.view(2, -1, 5))
probe(x.reshape(-1))
probe(x.view(2, 6, -1))
probe(torch.flatten(x, start_dim=-2))
probe(nn.Flatten(0, 1)(x))
probe(x.view_as(torch.zeros(12, 80)))
probe(x.view(torch.int32))
probe(x.view(torch.int16))
probe(x.T if x.dim() == 2 else x.mT)
probe(x.permute(*range(3, -1, -1)))

# %% view of another size of type [in part]
probe(torch.zeros(2, 4).view(torch.uint8))
probe(torch.zeros(2, 4).view(torch.float64))
probe(torch.zeros(2, 4, dtype=torch.complex64).view(torch.float32))

# %% pads
probe(F.pad(x, (1, 2)))
probe(F.pad(x, (1, 1, 2, -2, 0, 3)))
probe(nn.ZeroPad2d((1, 2, 3, 4))(x))
probe(nn.ReflectionPad2d(1)(x))
probe(nn.CircularPad2d((1, 0, 2, 0))(x))
probe(nn.ConstantPad1d(3, 0.)(torch.zeros(2, 3, 4)))
probe(F.pad(x, [1, 1], mode="replicate") if False else x)

# %% scatter
probe(torch.zeros(3, 5).scatter_(1, torch.zeros(3, 2, dtype=torch.long), 1.))
probe(torch.zeros(3).index_add_(0, torch.tensor([0]), torch.zeros(1)))
probe(x.index_fill(1, torch.tensor([0]), 0.))

# %% unbind and unpack
a, b = x.unbind(0)
probe(a)
(c, d), e = x.shape[:2], x.size()[2:]
probe(torch.zeros(c, d))
probe(torch.zeros(*e))

# %% cov corrcoef trapz [in part]
probe(torch.cov(torch.zeros(3, 9)))
probe(torch.corrcoef(torch.zeros(3, 9)))
probe(torch.trapz(x))
probe(torch.cross(torch.zeros(4, 3), torch.zeros(4, 3), dim=1))
probe(torch.vander(torch.zeros(3)))
probe(torch.histc(x, 10))
probe(torch.bincount(torch.tensor([0, 1]), minlength=5))
probe(torch.bucketize(x, torch.zeros(3)))
probe(torch.searchsorted(torch.zeros(5), torch.zeros(3, 4)))

# %% sort and unique
probe(x.sort(1)[0])
probe(torch.sort(x, descending=True).indices)
probe(x.argsort(dim=1))
probe(torch.msort(x))

# %% linear of other ranks
probe(nn.Linear(10, 3)(x))
probe(nn.Linear(10, 3)(torch.zeros(10)))
probe(F.linear(x, torch.zeros(10)))
probe(F.linear(x, torch.zeros(4, 10)))
probe(nn.Embedding(5, 7)(torch.zeros(2, 3, dtype=torch.long)))
probe(nn.LayerNorm(10)(x))
probe(nn.PReLU(6)(x))
probe(nn.GLU(1)(x))
probe(F.glu(x))
probe(nn.Softmax2d()(x))
probe(nn.LocalResponseNorm(2)(x))
probe(F.normalize(x, dim=1))
probe(nn.Upsample(scale_factor=(2, 3))(x))
probe(nn.UpsamplingNearest2d(size=9)(x))
probe(F.dropout2d(x))
probe(nn.RNNCell(3, 4)(torch.zeros(2, 3)))
probe(nn.LSTMCell(3, 4)(torch.zeros(2, 3))[1])

# %% losses [silent]
probe(F.cross_entropy(torch.zeros(4, 5), torch.zeros(4, dtype=torch.long)))
probe(F.mse_loss(x, x, reduction="none"))
probe(F.cross_entropy(torch.zeros(2, 5, 7), torch.zeros(2, 7, dtype=torch.long), reduction="none"))
probe(nn.BCEWithLogitsLoss()(x, x))
probe(F.kl_div(x, x, reduction="batchmean"))
probe(F.triplet_margin_loss(torch.zeros(3, 4), torch.zeros(3, 4), torch.zeros(3, 4), reduction="none"))

# %% where with a condition alone [silent]
kept = torch.ones(6, dtype=torch.bool)
starts = torch.where(kept)[0].int()
lengths = torch.zeros_like(starts)
lengths[:-1] = starts[1:] - starts[:-1]
lengths[-1] = 6 - starts[-1]
rows, columns = torch.where(torch.eye(3) > 0)
nn.Conv1d(3, 2, 1)(x[0, :3, 0, rows[:1].numel():].unsqueeze(0))
