# in: model.py
import keras
from model import unet

unet(input_size=(256, 256, 1))
