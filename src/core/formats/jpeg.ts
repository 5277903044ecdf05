import { decode } from 'jpeg-js';
import { type Format, type TensorEntry, checkedCount, checkedZeros, damaged, decoding } from './format';
import { loadKept } from './placed';
import { wholeOf } from './source';

interface Frame {
  readonly width: number;
  readonly height: number;
  readonly components: number;
  /** Whether three components are red, green and blue themselves, and not luminance and two differences. */
  readonly rgb: boolean;
}

/** Markers of a frame header: SOF0 … SOF15 without DHT, JPG and DAC, which have numbers in between. */
const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

const ADOBE = [0x41, 0x64, 0x6f, 0x62, 0x65];
const JFIF = [0x4a, 0x46, 0x49, 0x46];
const RGB_NAMES = [0x52, 0x47, 0x42];

/**
 * Size and components, from the frame header (ITU-T T.81, B.2.2), without decoding. What three components are is told
 * as libjpeg does: by Adobe’s segment, else by JFIF’s, else by the components’ names.
 */
function scanFrame(bytes: Uint8Array): Frame {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 2;
  let transform: number | undefined;
  let jfif = false;
  const holds = (from: number, wanted: readonly number[]): boolean =>
    wanted.every((byte, index) => bytes[from + index] === byte);
  while (at + 4 <= bytes.length) {
    if (bytes[at] !== 0xff) throw damaged('jpeg-header', 'The picture is damaged at byte {0}.', at);
    const marker = bytes[at + 1];
    if (marker === 0xff) at++;
    else if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)) at += 2;
    else if (isFrame(marker) && at + 10 <= bytes.length) {
      const components = bytes[at + 9];
      const named = RGB_NAMES.every((name, index) => bytes[at + 10 + 3 * index] === name);
      const rgb = components === 3 && (transform === undefined ? !jfif && named : transform === 0);
      return { height: view.getUint16(at + 5), width: view.getUint16(at + 7), components, rgb };
    } else {
      if (marker === 0xee && holds(at + 4, ADOBE)) transform = bytes[at + 15];
      if (marker === 0xe0 && holds(at + 4, JFIF)) jfif = true;
      at += 2 + view.getUint16(at + 2);
    }
  }
  throw damaged('truncated', 'The picture is truncated: it ends after {0} bytes.', bytes.length);
}

/** Grey as one channel, colour (or CMYK, converted) as three. Values are 0 to 255. */
export const jpeg: Format = {
  id: 'jpeg',
  extensions: ['jpg', 'jpeg'],
  match: (head) => head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff,
  read(source, options) {
    const bytes = wholeOf(source, options.limit);
    const { width, height, components, rgb } = scanFrame(bytes);
    const channels = components === 1 ? 1 : 3;
    const shape = [channels, height, width];
    // Coefficients, component planes and RGBA stand in memory beside the result.
    const pixelBytes = 4 * channels + 4 + components * 8;
    checkedCount(shape, pixelBytes, options);
    const load: TensorEntry['load'] = (how) => {
      const decoded = decoding('JPEG', () =>
        decode(bytes, {
          useTArray: true,
          formatAsRGBA: true,
          tolerantDecoding: false,
          ...(rgb && { colorTransform: false }),
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
      return loadKept(tensor, options, how);
    };
    const entry = {
      name: '',
      shape,
      source: `JPEG, ${channels === 1 ? 'grey' : 'colour'}`,
      axes: 'CHW',
      isColour: channels === 3,
      load,
    } as const;
    return { entries: [entry], left: [] };
  },
};
