# in: keras_segmentation/models/unet.py
import keras
from keras_segmentation.models.segnet import segnet, vgg_segnet
from keras_segmentation.models.unet import unet, unet_mini, vgg_unet

unet_mini(n_classes=4, input_height=96, input_width=128)
unet(n_classes=4, input_height=96, input_width=128)
segnet(n_classes=4, input_height=96, input_width=128)
