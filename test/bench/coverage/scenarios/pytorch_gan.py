# in: implementations/dcgan/dcgan.py
import torch
from implementations.acgan.acgan import Discriminator as AcDiscriminator
from implementations.acgan.acgan import Generator as AcGenerator
from implementations.began.began import Discriminator as BeganDiscriminator
from implementations.began.began import Generator as BeganGenerator
from implementations.ccgan.models import Discriminator as CcDiscriminator
from implementations.ccgan.models import Generator as CcGenerator
from implementations.cogan.cogan import CoupledDiscriminators, CoupledGenerators
from implementations.context_encoder.models import Discriminator as ContextDiscriminator
from implementations.context_encoder.models import Generator as ContextGenerator
from implementations.cyclegan.models import Discriminator as CycleDiscriminator
from implementations.cyclegan.models import GeneratorResNet
from implementations.dcgan.dcgan import Discriminator as DcDiscriminator
from implementations.dcgan.dcgan import Generator as DcGenerator
from implementations.discogan.models import Discriminator as DiscoDiscriminator
from implementations.discogan.models import GeneratorUNet as DiscoGenerator
from implementations.dragan.dragan import Generator as DraGenerator
from implementations.dualgan.models import Discriminator as DualDiscriminator
from implementations.dualgan.models import Generator as DualGenerator
from implementations.ebgan.ebgan import Discriminator as EbDiscriminator
from implementations.ebgan.ebgan import Generator as EbGenerator
from implementations.esrgan.models import Discriminator as EsrDiscriminator
from implementations.esrgan.models import GeneratorRRDB
from implementations.infogan.infogan import Discriminator as InfoDiscriminator
from implementations.pix2pix.models import Discriminator as PixDiscriminator
from implementations.pix2pix.models import GeneratorUNet as PixGenerator
from implementations.sgan.sgan import Discriminator as SDiscriminator
from implementations.srgan.models import Discriminator as SrDiscriminator
from implementations.srgan.models import GeneratorResNet as SrGenerator
from implementations.stargan.models import Discriminator as StarDiscriminator
from implementations.stargan.models import GeneratorResNet as StarGenerator

DcGenerator()(torch.randn(64, 100))
DcDiscriminator()(torch.randn(64, 1, 32, 32))
AcGenerator()(torch.randn(64, 100), torch.zeros(64, dtype=torch.long))
AcDiscriminator()(torch.randn(64, 1, 32, 32))
BeganGenerator()(torch.randn(64, 62))
BeganDiscriminator()(torch.randn(64, 1, 32, 32))
CcGenerator((3, 128, 128))(torch.randn(8, 3, 128, 128), torch.randn(8, 3, 32, 32))
CcDiscriminator((3, 128, 128))(torch.randn(8, 3, 128, 128))
CoupledGenerators()(torch.randn(32, 100))
CoupledDiscriminators()(torch.randn(32, 3, 32, 32), torch.randn(32, 3, 32, 32))
ContextGenerator(channels=3)(torch.randn(8, 3, 128, 128))
ContextDiscriminator(channels=3)(torch.randn(8, 3, 64, 64))
GeneratorResNet((3, 256, 256), 9)(torch.randn(1, 3, 256, 256))
CycleDiscriminator((3, 256, 256))(torch.randn(1, 3, 256, 256))
DiscoGenerator((3, 64, 64))(torch.randn(1, 3, 64, 64))
DiscoDiscriminator((3, 64, 64))(torch.randn(1, 3, 64, 64))
DraGenerator()(torch.randn(64, 100))
DualGenerator()(torch.randn(8, 3, 128, 128))
DualDiscriminator()(torch.randn(8, 3, 128, 128))
EbGenerator()(torch.randn(64, 62))
EbDiscriminator()(torch.randn(64, 1, 32, 32))
GeneratorRRDB(3, filters=64, num_res_blocks=2)(torch.randn(1, 3, 64, 64))
EsrDiscriminator(input_shape=(3, 256, 256))(torch.randn(1, 3, 256, 256))
InfoDiscriminator()(torch.randn(64, 1, 32, 32))
PixGenerator()(torch.randn(1, 3, 256, 256))
PixDiscriminator()(torch.randn(1, 3, 256, 256), torch.randn(1, 3, 256, 256))
SDiscriminator()(torch.randn(64, 1, 32, 32))
SrGenerator()(torch.randn(4, 3, 64, 64))
SrDiscriminator(input_shape=(3, 256, 256))(torch.randn(4, 3, 256, 256))
StarGenerator(img_shape=(3, 128, 128), res_blocks=6, c_dim=5)(torch.randn(4, 3, 128, 128), torch.randn(4, 5))
StarDiscriminator(img_shape=(3, 128, 128), c_dim=5)(torch.randn(4, 3, 128, 128))
