import { type ByteSource, partOf } from '../source';
import { Cursor } from './cursor';
import { fieldsOf, textOfField, varint } from './protobuf';

/** Of a checkpoint whose objects take more room than this, the tensors have the names of their keys alone. */
const MOST_BYTES = 64 * 2 ** 20;

/** What an attribute of an object says: which key its value has, and what the variable is called itself. */
function* attributesOf(node: ByteSource): Generator<readonly [key: string, name: string]> {
  for (const { number, source } of fieldsOf(node)) {
    if (number !== 2) continue;
    let [name, key] = ['', ''];
    for (const field of fieldsOf(source)) {
      if (field.number === 2) name = textOfField(field);
      if (field.number === 3) key = textOfField(field);
    }
    yield [key, name];
  }
}

/**
 * The variables’ own names, `conv2d_transpose/kernel`, by their keys, which tell the way that leads to them
 * (trackable_object_graph.proto). `tensor` is the text that holds the graph: its length, a checksum, and its bytes.
 */
export function namesOfGraph(tensor: ByteSource): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const cursor = new Cursor(tensor);
  const size = Number(varint(cursor));
  if (size > MOST_BYTES) return names;
  const graph = partOf(tensor, cursor.at + 4, size);
  for (const { number, source } of fieldsOf(graph)) {
    if (number !== 1) continue;
    for (const [key, name] of attributesOf(source)) if (name !== '' && key !== '') names.set(key, name);
  }
  return names;
}
