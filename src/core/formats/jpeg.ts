import { decode } from 'jpeg-js';
import { type Format, type TensorEntry, checkedCount, checkedZeros, damaged, decoding } from './format';

interface Frame {
  readonly width: number;
  readonly height: number;
  readonly components: number;
}

/** Markers of a frame header: SOF0 … SOF15 without DHT, JPG and DAC, which have numbers in between. */
const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

/** Size and components, from the frame header (ITU-T T.81, B.2.2), without decoding. */
function scanFrame(bytes: Uint8Array): Frame {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 2;
  while (at + 4 <= bytes.length) {
    if (bytes[at] !== 0xff) throw damaged('jpeg-header', 'The picture is damaged at byte {0}.', at);
    const marker = bytes[at + 1];
    if (marker === 0xff) at++;
    else if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)) at += 2;
    else if (isFrame(marker) && at + 10 <= bytes.length) {
      return { height: view.getUint16(at + 5), width: view.getUint16(at + 7), components: bytes[at + 9] };
    } else at += 2 + view.getUint16(at + 2);
  }
  throw damaged('truncated', 'The picture is truncated: it ends after {0} bytes.', bytes.length);
}

/** Grey as one channel, colour (or CMYK, converted) as three. Values are 0 to 255. */
export const jpeg: Format = {
  id: 'jpeg',
  extensions: ['jpg', 'jpeg'],
  match: (head) => head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff,
  read(bytes, options) {
    const { width, height, components } = scanFrame(bytes);
    const channels = components === 1 ? 1 : 3;
    const shape = [channels, height, width];
    // Coefficients, component planes and RGBA stand in memory beside the result.
    const pixelBytes = 4 * channels + 4 + components * 8;
    checkedCount(shape, pixelBytes, options);
    const load: TensorEntry['load'] = () => {
      const decoded = decoding('JPEG', () =>
        decode(bytes, {
          useTArray: true,
          formatAsRGBA: true,
          tolerantDecoding: false,
          maxResolutionInMP: (width * height) / 1e6 + 1,
          maxMemoryUsageInMB: options.limit / 2 ** 20,
        }),
      );
      if (decoded.width !== width || decoded.height !== height)
        throw damaged('jpeg-header', 'The picture has more than one frame header.');
      const tensor = checkedZeros('float32', shape, options);
      const area = width * height;
      for (let channel = 0; channel < channels; channel++) {
        for (let pixel = 0; pixel < area; pixel++)
          tensor.data[channel * area + pixel] = decoded.data[pixel * 4 + channel];
      }
      return tensor;
    };
    return [{ name: '', shape, source: `JPEG, ${channels === 1 ? 'grey' : 'colour'}`, axes: 'CHW', load }];
  },
};
