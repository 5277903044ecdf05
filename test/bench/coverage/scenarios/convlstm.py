# in: convolution_lstm.py
import torch
from convolution_lstm import ConvLSTM

model = ConvLSTM(input_channels=32, hidden_channels=[16, 8, 8], kernel_size=3, step=3, effective_step=[2])
model(torch.randn(1, 32, 64, 32))
