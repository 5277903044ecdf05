# in: model/waveunet.py
import torch
from model.waveunet import Waveunet

features = [16 * i for i in range(1, 5)]
model = Waveunet(2, features, 2, ["bass", "drums"], kernel_size=5, target_output_size=2048, depth=1, strides=4, conv_type="gn", res="fixed", separate=False)
model(torch.randn(1, 2, model.input_size))
learned = Waveunet(1, [16, 32, 64], 1, ["bass"], kernel_size=5, target_output_size=1024, conv_type="bn", res="learned", strides=2)
learned(torch.randn(1, 1, learned.input_size))
