import { strFromU8 } from 'fflate';
import { numberType } from '../dtypes';
import { brief, checkedShape, collect, type Contents, damaged, type ReadOptions, type TensorEntry } from '../format';
import { placedEntry } from '../placed';
import { lazySource } from '../source';
import type { ZipMember } from '../zip';

/** PyTorch's numbers of types in what `torch.export` writes (`torch/_export/serde/schema.py`). */
const TYPES: Readonly<Record<number, string>> = {
  ...{ 1: 'uint8', 2: 'int8', 3: 'int16', 4: 'int32', 5: 'int64', 6: 'float16', 7: 'float32', 8: 'float64' },
  ...{ 9: 'complex32', 10: 'complex64', 11: 'complex128', 12: 'bool', 13: 'bfloat16', 28: 'uint16' },
  ...{ 29: 'float8_e4m3fn', 30: 'float8_e5m2', 31: 'float8_e4m3fnuz', 32: 'float8_e5m2fnuz', 33: 'float8_e8m0fnu' },
  ...{ 34: 'uint32', 35: 'uint64' },
};
const STRIDED = 7;

type Fields = Readonly<Record<string, unknown>>;
const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
const wholeNumber = (value: unknown): number => Number(fieldsOf(value).as_int ?? NaN);
const wholeNumbers = (value: unknown): readonly number[] => (Array.isArray(value) ? value.map(wholeNumber) : []);

/** The lists of an archive of `torch.export.save`, each with the folder in which its numbers are. */
const LIST = /^(.*data\/(?:weights|constants)\/)model_(?:weights|constants)_config\.json$/;

/** The weights and constants of an archive of `torch.export.save`; undefined for any other archive. */
export function exportedTensors(members: readonly ZipMember[], options: ReadOptions): Contents | undefined {
  const byName = new Map(members.map((member) => [member.name, member]));
  const lists = members.flatMap((member) => {
    const folder = LIST.exec(member.name)?.[1];
    return folder === undefined ? [] : [{ member, folder }];
  });
  if (lists.length === 0) return undefined;
  const named = lists.flatMap(({ member, folder }) => {
    const { config } = fieldsOf(jsonOf(member));
    return Object.entries(fieldsOf(config)).map(([name, stated]) => ({ name, stated: fieldsOf(stated), folder }));
  });
  const entryOf = ({ name, stated, folder }: (typeof named)[number]): TensorEntry => {
    const meta = fieldsOf(stated.tensor_meta);
    if (stated.use_pickle === true || meta.layout !== STRIDED)
      throw damaged('no-tensor', 'This is no tensor: {0}.', brief(String(stated.path_name)));
    const code = Number(meta.dtype);
    const type = Object.hasOwn(TYPES, code) ? numberType(TYPES[code]) : undefined;
    if (!type) throw damaged('dtype', 'Numbers of the type {0} cannot be read.', code);
    const [shape, strides, start] = [
      wholeNumbers(meta.sizes),
      wholeNumbers(meta.strides),
      wholeNumber(meta.storage_offset),
    ];
    const member = byName.get(folder + String(stated.path_name));
    if (!member) throw damaged('storage', 'The file does not hold the numbers {0}.', brief(String(stated.path_name)));
    checkedShape(shape);
    if (
      strides.length !== shape.length ||
      ![...strides, start].every((each) => Number.isSafeInteger(each) && each >= 0)
    )
      throw damaged('torch-tensor', 'What the pickle says of the tensor is damaged.');
    const source = lazySource(member.size, () => member.open());
    return placedEntry(
      { source, offset: 0, type, shape, strides, start },
      { name, source: type.name, writtenBy: 'torch' },
      options,
    );
  };
  return collect(named, ({ name }) => name, entryOf);
}

function jsonOf(member: ZipMember): unknown {
  const source = member.open();
  try {
    return JSON.parse(strFromU8(source.read(0, source.size)));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw damaged('index', 'The list of the model’s files is damaged.');
  }
}
