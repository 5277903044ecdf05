# in: retinanet/model.py
import torch
from retinanet.model import ClassificationModel, PyramidFeatures, RegressionModel, resnet18, resnet50

features = PyramidFeatures(128, 256, 512)
pyramid = features([torch.randn(1, 128, 64, 64), torch.randn(1, 256, 32, 32), torch.randn(1, 512, 16, 16)])
RegressionModel(256)(pyramid[0])
ClassificationModel(256, num_classes=20)(pyramid[0])
small = resnet18(num_classes=20)
small.eval()
small(torch.randn(1, 3, 256, 256))
deep = resnet50(num_classes=20)
deep.eval()
deep(torch.randn(1, 3, 256, 320))
