/**
 * Where the words of a job's descriptor stand: the one file that both sides read, AssemblyScript and TypeScript.
 * A descriptor is a run of 32-bit words in wasm memory. Names ending in `_AT` are byte addresses, in `_PITCH` distances
 * in bytes between neighbours, in `_STEP` distances in elements of the output; the others are counts.
 */

/**
 * Multiply-adds that one accumulator takes before it is added to the output; one long sum would lose a digit (1.7e-6
 * against 3e-7).
 */
export const DEPTH_BLOCK = 256;

// Dense convolution: wasm/dense.ts
export const FIELD_AT = 0;
export const FIELD_IMAGE_PITCH = 1;
export const FIELD_GROUP_PITCH = 2;
export const FIELD_PLANE_PITCH = 3;
export const FIELD_ROW_PITCH = 4;
export const PACKED_AT = 5;
export const PACKED_GROUP_PITCH = 6;
export const BIAS_AT = 7;
export const OUTPUT_AT = 8;
export const OUTPUT_IMAGE_PITCH = 9;
export const OUTPUT_CHANNEL_PITCH = 10;
export const OUTPUT_PLANES = 11;
export const OUTPUT_ROWS = 12;
export const OUTPUT_COLUMNS = 13;
export const PLANE_STEP = 14;
export const ROW_STEP = 15;
export const COLUMN_STEP = 16;
/** Rows of the output that lie before row 0 in the folded lattice. */
export const ROW_CROP = 17;
export const SITE_PLANES = 18;
export const SITE_ROWS = 19;
/** Vectors per row of sites; the last may be partly beyond the row. */
export const ROW_VECTORS = 20;
/** Row phases folded into the rows of the product: 1, or ROW_STEP. */
export const FOLD = 21;
/** Rows of the product in one group: output channels × FOLD. */
export const HEIGHT = 22;
export const SIXES = 23;
export const FOURS = 24;
export const TWOS = 25;
export const TILES = 26;
/** Tiles that one task does, and tasks that a group takes over its tiles. */
export const TASK_TILES = 27;
export const TILE_TASKS = 28;
/** Vectors of sites that one task does, and tasks over the sites. */
export const TASK_VECTORS = 29;
export const SITE_TASKS = 30;
export const GROUPS = 31;
export const PHASES_AT = 32;
/** Pairs of plane phase and row phase; each has COLUMN_STEP phases of its own. */
export const PHASE_PAIRS = 33;
export const WEIGHT_AT = 34;
export const WEIGHT_GROUP_PITCH = 35;
/** Element offsets within the weight, one per row of the product. */
export const WEIGHT_ROWS_AT = 36;
export const DENSE_WORDS = 37;

// One phase: the words of its record
export const PHASE_DEPTH = 0;
/** Byte offsets in the field, one per step of depth. */
export const PHASE_OFFSETS_AT = 1;
/** Byte offset of the phase's packed weights within a group's. */
export const PHASE_PACKED = 2;
/** Element offsets within the weight, one per step of depth. */
export const PHASE_WEIGHT_STEPS_AT = 3;
export const PHASE_WORDS = 4;

// The same by minimal filtering: wasm/winograd.ts. Its descriptor begins with the words of the dense product; a site is
// a tile of 2 × 2 outputs.
/** Points per axis: 3 for two taps, 4 for three. */
export const POINTS = 37;
/** Between rows of the field under neighbouring taps. */
export const TAP_PITCH = 38;
/** Where the transformed inputs of this chunk's slabs stand, and bytes of one slab. */
export const SPREAD_AT = 39;
export const SPREAD_PITCH = 40;
/** Steps of depth that one task transforms, and tasks per slab. */
export const SPREAD_DEPTH = 41;
export const SPREAD_TASKS = 42;
/** A slab is what one task takes of sites, of one image, group and pair; the number of the chunk's first. */
export const FIRST_SLAB = 43;
/** Row phases and column phases, each of which has tiles of its own. */
export const ROW_PHASES = 44;
export const COLUMN_PHASES = 45;
/** Phases whose weights differ. */
export const PACKED_PHASES = 46;
/** From a tap to the next, down and to the right in the field; these may be negative. */
export const TAP_ROW_STEP = 47;
export const TAP_COLUMN_STEP = 48;
/** A word that is set when a result is not finite. */
export const FLAG_AT = 49;
/** A word that is set when the weights are not fit for the transforms. */
export const UNEVEN_AT = 50;
/** Taps of a kernel; input channels of a group, and from one to the next in the weights. */
export const TAPS = 51;
export const CHANNELS = 52;
export const CHANNEL_STEP = 53;
export const WINOGRAD_WORDS = 54;
/** After the words of a phase of the dense product: byte offsets in the field, POINTS per step of depth. */
export const PHASE_COLUMNS_AT = 4;
export const WINOGRAD_PHASE_WORDS = 5;

// The field, a padded copy of the input: wasm/field.ts
export const SOURCE_AT = 0;
export const SOURCE_CHANNEL_PITCH = 1;
export const SOURCE_ROWS = 2;
export const SOURCE_COLUMNS = 3;
export const TARGET_AT = 4;
export const TARGET_CHANNEL_PITCH = 5;
export const TARGET_PLANES = 6;
export const TARGET_ROWS = 7;
/** Columns before they are split by the stride; then columns per residue. */
export const TARGET_COLUMNS = 8;
export const RESIDUES = 9;
export const RESIDUE_COLUMNS = 10;
/** Per target index, the source index or −1. */
export const PLANE_MAP_AT = 11;
export const ROW_MAP_AT = 12;
export const COLUMN_MAP_AT = 13;
/** Columns [COPY_FROM, COPY_TO) read consecutive source columns, the first of which is COPY_SOURCE. */
export const COPY_FROM = 14;
export const COPY_TO = 15;
export const COPY_SOURCE = 16;
export const FIELD_WORDS = 17;

// Kernels that read the input as it is, plane by plane: wasm/stencil.ts, wasm/double.ts, wasm/stretch.ts
export const PLANE_INPUT_AT = 0;
export const PLANE_WEIGHT_AT = 1;
export const PLANE_BIAS_AT = 2;
export const PLANE_OUTPUT_AT = 3;
/** A row of zeros as long as an input row: what lies above the first and below the last. */
export const PLANE_ZEROS_AT = 4;
export const PLANE_INPUT_ROWS = 5;
export const PLANE_INPUT_COLUMNS = 6;
export const PLANE_OUTPUT_ROWS = 7;
export const PLANE_OUTPUT_COLUMNS = 8;
export const PLANE_ROW_PAD = 9;
export const PLANE_COLUMN_PAD = 10;
export const PLANE_KERNEL_ROWS = 11;
export const PLANE_KERNEL_COLUMNS = 12;
export const PLANE_ROW_STRIDE = 13;
export const PLANE_COLUMN_STRIDE = 14;
/** Channels of one group. */
export const PLANE_INPUTS = 15;
export const PLANE_OUTPUTS = 16;
export const PLANE_GROUPS = 17;
/** Rows of the lattice that one task does, tasks per plane. */
export const PLANE_TASK_ROWS = 18;
export const PLANE_TASKS = 19;
/** Bytes between input rows that a task copies into its scratch. */
export const PLANE_SCRATCH_PITCH = 20;
export const PLANE_WORDS = 21;

// One input element per channel: wasm/vector.ts
export const VECTOR_INPUT_AT = 0;
export const VECTOR_WEIGHT_AT = 1;
export const VECTOR_PACKED_AT = 2;
export const VECTOR_BIAS_AT = 3;
export const VECTOR_OUTPUT_AT = 4;
/** Channels of a group; then outputs of a group, all taps; then outputs per bias. */
export const VECTOR_DEPTH = 5;
export const VECTOR_OUTPUTS = 6;
export const VECTOR_AREA = 7;
export const VECTOR_GROUPS = 8;
/** Blocks of outputs, and how many of them a task does. */
export const VECTOR_BLOCKS = 9;
export const VECTOR_TASK_BLOCKS = 10;
export const VECTOR_TASKS = 11;
export const VECTOR_WORDS = 12;

// The sparse matrix C: wasm/csr.ts
export const CSR_WEIGHT_AT = 0;
export const CSR_POINTERS_AT = 1;
export const CSR_COLUMNS_AT = 2;
export const CSR_VALUES_AT = 3;
/** Sites per row of sites; then rows of sites, planes and rows together. */
export const CSR_SITES = 4;
export const CSR_SITE_ROWS = 5;
/** Row channels of a group, column channels of a group. */
export const CSR_ROW_CHANNELS = 6;
export const CSR_COLUMN_CHANNELS = 7;
/** Per row of sites: entries before it in its channel, per column channel; first segment; segments. */
export const CSR_ROWS_AT = 8;
export const CSR_ROW_WORDS = 3;
/** Per segment (plane tap × row tap): first column of its row of places, first weight of its row of taps. */
export const CSR_SEGMENTS_AT = 9;
/** Per site of a row: first tap, taps, and entries before it in the row, per segment. */
export const CSR_SITES_AT = 10;
export const CSR_SITE_WORDS = 3;
export const CSR_TAPS = 11;
export const CSR_STRIDE = 12;
export const CSR_DILATION = 13;
export const CSR_PAD = 14;
export const CSR_PLACE_AREA = 15;
export const CSR_KERNEL_AREA = 16;
export const CSR_CHANNEL_ENTRIES = 17;
/** Entries of a whole row of sites, per segment. */
export const CSR_ROW_ENTRIES = 18;
/** Sites of a row at which all taps lie inside: the first, and how many. */
export const CSR_FULL_FROM = 19;
export const CSR_FULL_SITES = 20;
/** Rows of sites of all row channels: tasks per array. */
export const CSR_ROW_TASKS = 21;
export const CSR_WORDS = 22;

// Statistics: wasm/tally.ts
export const TALLY_DATA_AT = 0;
export const TALLY_COUNT = 1;
/** Values of a block. */
export const TALLY_BLOCK = 2;
export const TALLY_RESULTS_AT = 3;
/** Two f64, of two words each: where the bins begin, and bins for one unit. */
export const TALLY_MIN = 4;
export const TALLY_SCALE = 6;
export const TALLY_WORDS = 8;

// Sums of rows of a plane: wasm/means.ts
export const MEANS_DATA_AT = 0;
/** Bytes from one row to the next; then columns, a multiple of four. */
export const MEANS_PITCH = 1;
export const MEANS_COLUMNS = 2;
/** Which row is the first of each task, and the one after the last. */
export const MEANS_EDGES_AT = 3;
export const MEANS_RESULTS_AT = 4;
export const MEANS_WORDS = 5;

// Products with it: wasm/csr.ts
export const PRODUCT_POINTERS_AT = 0;
export const PRODUCT_COLUMNS_AT = 1;
export const PRODUCT_VALUES_AT = 2;
export const PRODUCT_FROM_AT = 3;
export const PRODUCT_TO_AT = 4;
export const PRODUCT_ROWS = 5;
export const PRODUCT_TASK_ROWS = 6;
export const PRODUCT_WORDS = 7;
