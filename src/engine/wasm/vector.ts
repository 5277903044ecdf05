/**
 * A transposed convolution of inputs with one element per channel (the first layer of a generator): its output is the
 * weight's rows, summed by the input, `y[j] = Σ_c x[c] · w[c][j]`, a product of matrix and vector that reads every
 * weight once. Memory is the limit, so the weights are packed in the order of reading: blocks of 8 vectors of outputs
 * (8 sums in registers), all channels of a block one after another. As everywhere, a run of at most 256 channels is
 * summed from zero.
 */
import {
  DEPTH_BLOCK,
  VECTOR_AREA,
  VECTOR_BIAS_AT,
  VECTOR_BLOCKS,
  VECTOR_DEPTH,
  VECTOR_GROUPS,
  VECTOR_INPUT_AT,
  VECTOR_OUTPUTS,
  VECTOR_OUTPUT_AT,
  VECTOR_PACKED_AT,
  VECTOR_TASKS,
  VECTOR_TASK_BLOCKS,
  VECTOR_WEIGHT_AT,
} from '../kernels/layout';
import { at, madd, word, zero } from './simd';

const BLOCK_BYTES: usize = 128;

/** Adds `depth` channels of one block to the eight sums at `sums`. */
function addBlock<T>(input: usize, packed: usize, depth: i32, sums: usize): void {
  let a = zero(),
    b = zero(),
    c = zero(),
    d = zero(),
    e = zero(),
    f = zero(),
    g = zero(),
    h = zero();
  for (const end = packed + <usize>depth * BLOCK_BYTES; packed < end; packed += BLOCK_BYTES, input += sizeof<T>()) {
    const x = v128.load_splat<T>(input);
    a = madd<T>(x, v128.load(packed), a);
    b = madd<T>(x, v128.load(packed, 16), b);
    c = madd<T>(x, v128.load(packed, 32), c);
    d = madd<T>(x, v128.load(packed, 48), d);
    e = madd<T>(x, v128.load(packed, 64), e);
    f = madd<T>(x, v128.load(packed, 80), f);
    g = madd<T>(x, v128.load(packed, 96), g);
    h = madd<T>(x, v128.load(packed, 112), h);
  }
  v128.store(sums, v128.add<T>(v128.load(sums), a));
  v128.store(sums, v128.add<T>(v128.load(sums, 16), b), 16);
  v128.store(sums, v128.add<T>(v128.load(sums, 32), c), 32);
  v128.store(sums, v128.add<T>(v128.load(sums, 48), d), 48);
  v128.store(sums, v128.add<T>(v128.load(sums, 64), e), 64);
  v128.store(sums, v128.add<T>(v128.load(sums, 80), f), 80);
  v128.store(sums, v128.add<T>(v128.load(sums, 96), g), 96);
  v128.store(sums, v128.add<T>(v128.load(sums, 112), h), 112);
}

/** Task = (image, group, some blocks of outputs). */
@inline
function vector<T>(d: usize, task: i32, scratch: usize): void {
  const tasks = word(d, VECTOR_TASKS),
    groups = word(d, VECTOR_GROUPS),
    depth = word(d, VECTOR_DEPTH),
    blocks = word(d, VECTOR_BLOCKS);
  const outputs = word(d, VECTOR_OUTPUTS),
    area = word(d, VECTOR_AREA);
  const plane = task / tasks,
    group = plane % groups;
  const perBlock = <i32>(BLOCK_BYTES / sizeof<T>());
  const input = at(d, VECTOR_INPUT_AT) + <usize>(plane * depth) * sizeof<T>();
  const output = at(d, VECTOR_OUTPUT_AT) + <usize>plane * <usize>outputs * sizeof<T>();
  const biases = at(d, VECTOR_BIAS_AT);
  const from = (task % tasks) * word(d, VECTOR_TASK_BLOCKS),
    end = min(blocks, from + word(d, VECTOR_TASK_BLOCKS));
  for (let block = from; block < end; block++) {
    const first = block * perBlock,
      count = min(perBlock, outputs - first);
    for (let i = 0; i < count; i++) {
      const bias = biases
        ? load<T>(biases + <usize>(group * (outputs / area) + (first + i) / area) * sizeof<T>())
        : <T>0;
      store<T>(scratch + <usize>i * sizeof<T>(), bias);
    }
    let packed = at(d, VECTOR_PACKED_AT) + (<usize>group * <usize>blocks + <usize>block) * <usize>depth * BLOCK_BYTES;
    for (let done = 0; done < depth; done += DEPTH_BLOCK) {
      const part = min(DEPTH_BLOCK, depth - done);
      addBlock<T>(input + <usize>done * sizeof<T>(), packed, part, scratch);
      packed += <usize>part * BLOCK_BYTES;
    }
    memory.copy(output + <usize>first * sizeof<T>(), scratch, <usize>count * sizeof<T>());
  }
}

/** Task = (group, block of outputs). The last block is filled with zeros. Weights are only moved. */
function vectorPack(d: usize, task: i32, size: usize): void {
  const depth = word(d, VECTOR_DEPTH),
    blocks = word(d, VECTOR_BLOCKS),
    outputs = word(d, VECTOR_OUTPUTS);
  const group = task / blocks,
    block = task % blocks;
  const first = <usize>block * BLOCK_BYTES,
    count = min(BLOCK_BYTES, <usize>outputs * size - first);
  let to = at(d, VECTOR_PACKED_AT) + <usize>task * <usize>depth * BLOCK_BYTES;
  let from = at(d, VECTOR_WEIGHT_AT) + <usize>group * <usize>depth * <usize>outputs * size + first;
  for (let channel = 0; channel < depth; channel++, to += BLOCK_BYTES, from += <usize>outputs * size) {
    memory.copy(to, from, count);
    memory.fill(to + count, 0, BLOCK_BYTES - count);
  }
}

export function vectorF32(d: usize, task: i32, scratch: usize): void {
  vector<f32>(d, task, scratch);
}
export function vectorF64(d: usize, task: i32, scratch: usize): void {
  vector<f64>(d, task, scratch);
}
export function vectorPackF32(d: usize, task: i32, _scratch: usize): void {
  vectorPack(d, task, 4);
}
export function vectorPackF64(d: usize, task: i32, _scratch: usize): void {
  vectorPack(d, task, 8);
}
