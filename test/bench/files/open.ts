// How this tree opens a tensor of a large file, as its host does: by its path, in its compute thread.
import { EngineClient } from '../../../src/engine/client';
import { sharing } from '../../../src/engine/sharing';
import { engineStarter } from '../../../src/engine/start';

export interface Opening {
  /** Reads the tensor of that name; answers how many values it has. */
  read(path: string, tensor: string): Promise<number>;
  dispose(): Promise<void>;
}

const limit = 2 ** 40;

export function opening(worker: string): Opening {
  const engine = new EngineClient({ start: engineStarter(worker), crossing: sharing });
  return {
    async read(path, tensor) {
      const { file, entries } = await engine.openFile({ path, name: 'model.safetensors', limit });
      const entry = entries.findIndex(({ name }) => name === tensor);
      const { data } = await engine.readTensor({ file, entry, dtype: 'float32', limit });
      engine.closeFile(file);
      return data.length;
    },
    dispose: () => engine.dispose(),
  };
}
