# in: keras_unet/models/custom_unet.py
import keras
from keras_unet.models.custom_unet import custom_unet
from keras_unet.models.satellite_unet import satellite_unet
from keras_unet.models.vanilla_unet import vanilla_unet

custom_unet((512, 512, 3), use_batch_norm=True, num_classes=1, filters=64, dropout=0.2, output_activation="sigmoid")
satellite_unet(input_shape=(512, 512, 3))
vanilla_unet(input_shape=(512, 512, 3))
