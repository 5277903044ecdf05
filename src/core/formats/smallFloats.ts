/**
 * Floats of 8 bits and fewer, by their exponent and fraction bits and the exponent's bias (OCP 8-bit Floating Point
 * Specification 1.0, OCP Microscaling Formats 1.0, and the names of ml_dtypes). `special` says what the largest codes
 * are: `ieee` keeps the last exponent for infinity and NaN, `fn` has only NaN, where all bits are ones, `fnuz` only
 * one, where −0 would be, and `none` has neither.
 */
interface SmallFloat {
  readonly exponent: number;
  readonly fraction: number;
  readonly bias: number;
  readonly special: 'ieee' | 'fn' | 'fnuz' | 'none';
}

const SMALL_FLOATS: Readonly<Record<string, SmallFloat>> = {
  float8_e4m3fn: { exponent: 4, fraction: 3, bias: 7, special: 'fn' },
  float8_e5m2: { exponent: 5, fraction: 2, bias: 15, special: 'ieee' },
  float8_e4m3fnuz: { exponent: 4, fraction: 3, bias: 8, special: 'fnuz' },
  float8_e5m2fnuz: { exponent: 5, fraction: 2, bias: 16, special: 'fnuz' },
  float8_e4m3b11fnuz: { exponent: 4, fraction: 3, bias: 11, special: 'fnuz' },
  float8_e4m3: { exponent: 4, fraction: 3, bias: 7, special: 'ieee' },
  float8_e3m4: { exponent: 3, fraction: 4, bias: 3, special: 'ieee' },
  float6_e2m3fn: { exponent: 2, fraction: 3, bias: 1, special: 'none' },
  float6_e3m2fn: { exponent: 3, fraction: 2, bias: 3, special: 'none' },
  float4_e2m1fn: { exponent: 2, fraction: 1, bias: 1, special: 'none' },
};

function valueOf(code: number, { exponent, fraction, bias, special }: SmallFloat): number {
  const bits = 1 + exponent + fraction;
  const sign = code >> (bits - 1) ? -1 : 1;
  const power = (code >> fraction) & ((1 << exponent) - 1);
  const rest = code & ((1 << fraction) - 1);
  const last = (1 << exponent) - 1;
  if (special === 'fnuz' && code === 1 << (bits - 1)) return NaN;
  if (special === 'ieee' && power === last) return rest === 0 ? sign * Infinity : NaN;
  if (special === 'fn' && power === last && rest === (1 << fraction) - 1) return NaN;
  const scale = 2 ** fraction;
  return power === 0 ? sign * (rest / scale) * 2 ** (1 - bias) : sign * (1 + rest / scale) * 2 ** (power - bias);
}

const tables = new Map<string, Float32Array>();

/** The values of all codes of a type, by its name as ml_dtypes has it; undefined for any other type. */
export function smallFloatTable(name: string): Float32Array | undefined {
  const known = tables.get(name);
  if (known) return known;
  if (name === 'float8_e8m0fnu') {
    // A power of two without a sign, for scales; all ones is NaN.
    tables.set(
      name,
      Float32Array.from({ length: 256 }, (_, code) => (code === 255 ? NaN : 2 ** (code - 127))),
    );
  } else if (Object.hasOwn(SMALL_FLOATS, name)) {
    const small = SMALL_FLOATS[name];
    const length = 2 ** (1 + small.exponent + small.fraction);
    tables.set(
      name,
      Float32Array.from({ length }, (_, code) => valueOf(code, small)),
    );
  }
  return tables.get(name);
}
