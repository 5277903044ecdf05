const UNITS = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

/** `1.5 GiB (1,610,612,736 bytes)`. */
export function describeBytes(bytes: number): string {
  const power = Math.min(UNITS.length - 1, bytes > 0 ? Math.floor(Math.log2(bytes) / 10) : 0);
  const exact = bytes.toLocaleString('en');
  return power === 0
    ? `${exact} bytes`
    : `${Number((bytes / 1024 ** power).toPrecision(3))} ${UNITS[power]} (${exact} bytes)`;
}
