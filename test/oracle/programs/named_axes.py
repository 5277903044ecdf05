import torch
import torch.nn as nn
import torch.nn.functional as F

y = torch.randn(2, 4, 6, 8)

# %% torch.softmax(y, axis=1)
nn.Conv2d(4, 1, 1)(torch.softmax(y, axis=1))

# %% y.softmax(axis=-1)
nn.Conv2d(4, 1, 1)(y.softmax(axis=-1))

# %% torch.cumsum(y, axis=1)
nn.Conv2d(4, 1, 1)(torch.cumsum(y, axis=1))

# %% torch.squeeze(y[:1], axis=0).unsqueeze(0)
nn.Conv2d(4, 1, 1)(torch.squeeze(y[:1], axis=0).unsqueeze(0))

# %% torch.squeeze(y, axis=1)
nn.Conv2d(4, 1, 1)(torch.squeeze(y, axis=1))

# %% torch.unsqueeze(y, axis=1)[:, 0]
nn.Conv2d(4, 1, 1)(torch.unsqueeze(y, axis=1)[:, 0])

# %% torch.unsqueeze(y, axis=2).flatten(1, 2)
nn.Conv2d(4, 1, 1)(torch.unsqueeze(y, axis=2).flatten(1, 2))

# %% y.unsqueeze(axis=1).squeeze(axis=1)
nn.Conv2d(4, 1, 1)(y.unsqueeze(axis=1).squeeze(axis=1))

# %% torch.flip(y, dims=(1,))
nn.Conv2d(4, 1, 1)(torch.flip(y, dims=(1,)))

# %% torch.sort(y, axis=1)[0]
nn.Conv2d(4, 1, 1)(torch.sort(y, axis=1)[0])

# %% y.sort(axis=2)[1].float()
nn.Conv2d(4, 1, 1)(y.sort(axis=2)[1].float())

# %% torch.argmax(y, axis=1).unsqueeze(1).float().repeat(1, 4, 1, 1)
nn.Conv2d(4, 1, 1)(torch.argmax(y, axis=1).unsqueeze(1).float().repeat(1, 4, 1, 1))

# %% torch.max(y, axis=1)[0].unsqueeze(1).repeat(1, 4, 1, 1)
nn.Conv2d(4, 1, 1)(torch.max(y, axis=1)[0].unsqueeze(1).repeat(1, 4, 1, 1))

# %% torch.max(y, axis=3, keepdims=True)[0]
nn.Conv2d(4, 1, 1)(torch.max(y, axis=3, keepdims=True)[0])

# %% y.min(axis=2, keepdims=True).values
nn.Conv2d(4, 1, 1)(y.min(axis=2, keepdims=True).values)

# %% torch.chunk(y, 2, axis=2)[0]
nn.Conv2d(4, 1, 1)(torch.chunk(y, 2, axis=2)[0])

# %% y.unbind(axis=3)[0].unsqueeze(-1)
nn.Conv2d(4, 1, 1)(y.unbind(axis=3)[0].unsqueeze(-1))

# %% torch.index_select(y, axis=2, index=torch.tensor([0, 2]))
nn.Conv2d(4, 1, 1)(torch.index_select(y, axis=2, index=torch.tensor([0, 2])))

# %% torch.diff(y, axis=2)
nn.Conv2d(4, 1, 1)(torch.diff(y, axis=2))

# %% torch.std(y, axis=(2, 3), keepdims=True)
nn.Conv2d(4, 1, 1)(torch.std(y, axis=(2, 3), keepdims=True))

# %% torch.var(y, axis=1, keepdims=True).expand(-1, 4, -1, -1)
nn.Conv2d(4, 1, 1)(torch.var(y, axis=1, keepdims=True).expand(-1, 4, -1, -1))

# %% torch.logsumexp(y, axis=2, keepdims=True)
nn.Conv2d(4, 1, 1)(torch.logsumexp(y, axis=2, keepdims=True))

# %% torch.prod(y, axis=2, keepdims=True)
nn.Conv2d(4, 1, 1)(torch.prod(y, axis=2, keepdims=True))

# %% torch.any(y > 0, axis=2, keepdims=True).float()
nn.Conv2d(4, 1, 1)(torch.any(y > 0, axis=2, keepdims=True).float())

# %% torch.median(y, axis=2, keepdims=True)[0]
nn.Conv2d(4, 1, 1)(torch.median(y, axis=2, keepdims=True)[0])

# %% torch.mode(y, axis=2, keepdims=True)[0]
nn.Conv2d(4, 1, 1)(torch.mode(y, axis=2, keepdims=True)[0])

# %% torch.topk(y, 2, axis=2)[0]
nn.Conv2d(4, 1, 1)(torch.topk(y, 2, axis=2)[0])

# %% torch.repeat_interleave(y, 2, axis=2)
nn.Conv2d(4, 1, 1)(torch.repeat_interleave(y, 2, axis=2))

# %% torch.narrow(y, axis=2, start=0, length=3)
nn.Conv2d(4, 1, 1)(torch.narrow(y, axis=2, start=0, length=3))

# %% torch.nanmean(y, axis=2, keepdims=True)
nn.Conv2d(4, 1, 1)(torch.nanmean(y, axis=2, keepdims=True))

# %% torch.amin(y, axis=(2, 3), keepdims=True)
nn.Conv2d(4, 1, 1)(torch.amin(y, axis=(2, 3), keepdims=True))

# %% torch.count_nonzero(y, axis=2).float().unsqueeze(2)
nn.Conv2d(4, 1, 1)(torch.count_nonzero(y, axis=2).float().unsqueeze(2))

# %% torch.movedim(y, 1, -1).movedim(-1, 1)
nn.Conv2d(4, 1, 1)(torch.movedim(y, 1, -1).movedim(-1, 1))

# %% torch.swapaxes(y, 2, 3)
nn.Conv2d(4, 1, 1)(torch.swapaxes(y, 2, 3))

# %% torch.swapaxes(y, axis0=2, axis1=3)
nn.Conv2d(4, 1, 1)(torch.swapaxes(y, axis0=2, axis1=3))

# %% torch.moveaxis(y, 2, 3)
nn.Conv2d(4, 1, 1)(torch.moveaxis(y, 2, 3))

# %% F.normalize(y, dim=1)
nn.Conv2d(4, 1, 1)(F.normalize(y, dim=1))

# %% F.softmax(y, dim=1)
nn.Conv2d(4, 1, 1)(F.softmax(y, dim=1))

# %% y.mean(axis=-1, keepdim=True)
nn.Conv2d(4, 1, 1)(y.mean(axis=-1, keepdim=True))

# %% y.sum(axis=[2, 3], keepdims=True)
nn.Conv2d(4, 1, 1)(y.sum(axis=[2, 3], keepdims=True))

# %% torch.hstack([y[:, :2], y[:, 2:]])
nn.Conv2d(4, 1, 1)(torch.hstack([y[:, :2], y[:, 2:]]))

# %% torch.vstack([y, y])
nn.Conv2d(4, 1, 1)(torch.vstack([y, y]))

# %% torch.dstack([y, y])
nn.Conv2d(4, 1, 1)(torch.dstack([y, y]))

# %% torch.column_stack([y[:, :2], y[:, 2:]])
nn.Conv2d(4, 1, 1)(torch.column_stack([y[:, :2], y[:, 2:]]))

# %% torch.take_along_dim(y, y.argsort(axis=1), axis=1)
nn.Conv2d(4, 1, 1)(torch.take_along_dim(y, y.argsort(axis=1), axis=1))

# %% torch.concatenate([y, y], axis=2)
nn.Conv2d(4, 1, 1)(torch.concatenate([y, y], axis=2))

# %% torch.cat(tensors=[y, y], axis=3)
nn.Conv2d(4, 1, 1)(torch.cat(tensors=[y, y], axis=3))

# %% torch.stack(tensors=[y, y], axis=2).flatten(2, 3)
nn.Conv2d(4, 1, 1)(torch.stack(tensors=[y, y], axis=2).flatten(2, 3))

# %% y.argsort(axis=1).float()
nn.Conv2d(4, 1, 1)(y.argsort(axis=1).float())

# %% torch.cummax(y, axis=1)[0]
nn.Conv2d(4, 1, 1)(torch.cummax(y, axis=1)[0])

# %% torch.kthvalue(y, 2, axis=2, keepdims=True)[0]
nn.Conv2d(4, 1, 1)(torch.kthvalue(y, 2, axis=2, keepdims=True)[0])

# %% torch.unflatten(y, 1, (2, 2)).flatten(1, 2)
nn.Conv2d(4, 1, 1)(torch.unflatten(y, 1, (2, 2)).flatten(1, 2))

# %% torch.select(y, axis=0, index=0).unsqueeze(0)
nn.Conv2d(4, 1, 1)(torch.select(y, axis=0, index=0).unsqueeze(0))

# %% torch.unsqueeze(x=y, axis=0)[0]
nn.Conv2d(4, 1, 1)(torch.unsqueeze(x=y, axis=0)[0])

# %% torch.flatten(a=y, start_dim=2).unsqueeze(2)
nn.Conv2d(4, 1, 1)(torch.flatten(a=y, start_dim=2).unsqueeze(2))

# %% torch.mul(x1=y, x2=torch.ones(4, 1, 1))
nn.Conv2d(4, 1, 1)(torch.mul(x1=y, x2=torch.ones(4, 1, 1)))

# %% y.add(x2=torch.ones(3, 1, 1, 1, 1))[0]
nn.Conv2d(4, 1, 1)(y.add(x2=torch.ones(3, 1, 1, 1, 1))[0])

# %% F.conv2d(x=y, weight=torch.randn(3, 4, 3, 3), padding=1)
F.conv2d(x=y, weight=torch.randn(3, 4, 3, 3), padding=1)

# %% F.avg_pool2d(x=y, kernel_size=2)
nn.Conv2d(4, 1, 1)(F.avg_pool2d(x=y, kernel_size=2))

# %% F.pixel_shuffle(a=y, upscale_factor=2)
nn.Conv2d(1, 1, 1)(F.pixel_shuffle(a=y, upscale_factor=2))

# %% torch.max_pool2d(x=y, kernel_size=2)
nn.Conv2d(4, 1, 1)(torch.max_pool2d(x=y, kernel_size=2))

# %% torch.tensor_split(y, 2, axis=2)[1]
nn.Conv2d(4, 1, 1)(torch.tensor_split(y, 2, axis=2)[1])

# %% y.gather(axis=3, index=torch.zeros(2, 4, 6, 5, dtype=torch.long))
nn.Conv2d(4, 1, 1)(y.gather(axis=3, index=torch.zeros(2, 4, 6, 5, dtype=torch.long)))

# %% torch.fft.rfft(y, axis=2).abs()
nn.Conv2d(4, 1, 1)(torch.fft.rfft(y, axis=2).abs())

# %% torch.linalg.vector_norm(y, axis=1, keepdims=True).expand(-1, 4, -1, -1)
nn.Conv2d(4, 1, 1)(torch.linalg.vector_norm(y, axis=1, keepdims=True).expand(-1, 4, -1, -1))

# %% torch.unflatten(y, axis=1, sizes=(2, 2)).flatten(1, 2)
nn.Conv2d(4, 1, 1)(torch.unflatten(y, axis=1, sizes=(2, 2)).flatten(1, 2))

# %% torch.swapdims(y, dim0=2, dim1=3)
nn.Conv2d(4, 1, 1)(torch.swapdims(y, dim0=2, dim1=3))

# %% torch.swapdims(y, axis0=2, axis1=3) [untold]
nn.Conv2d(4, 1, 1)(torch.swapdims(y, axis0=2, axis1=3))

# %% torch.split(y, 2, axis=1)[0] [untold]
nn.Conv2d(4, 1, 1)(torch.split(y, 2, axis=1)[0])

# %% y.split(2, axis=2)[0] [untold]
nn.Conv2d(4, 1, 1)(y.split(2, axis=2)[0])

# %% torch.norm(y, dim=2, keepdims=True) [untold]
nn.Conv2d(4, 1, 1)(torch.norm(y, dim=2, keepdims=True))

# %% y.unflatten(axis=1, sizes=(2, 2)).flatten(1, 2) [untold]
nn.Conv2d(4, 1, 1)(y.unflatten(axis=1, sizes=(2, 2)).flatten(1, 2))

# %% F.softmax(y, axis=1) [untold]
nn.Conv2d(4, 1, 1)(F.softmax(y, axis=1))

# %% F.glu(y, axis=2) [untold]
nn.Conv2d(4, 1, 1)(F.glu(y, axis=2))

# %% F.max_pool2d(x=y, kernel_size=2) [untold]
nn.Conv2d(4, 1, 1)(F.max_pool2d(x=y, kernel_size=2))

# %% torch.sum(y, dim=1, axis=1, keepdim=True) [untold]
nn.Conv2d(1, 1, 1)(torch.sum(y, dim=1, axis=1, keepdim=True))
