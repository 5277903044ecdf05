// npm run package: builds, packages the extension as .cache/transposed-conv-inspector.vsix and checks what is in it.
import { packageVsix } from './lib/checks.mjs';
import { vsix } from './lib/paths.mjs';
import { check } from './lib/suites.mjs';
import { setup } from './setup.mjs';

await setup();
for (const step of [() => check(['esbuild.mjs']), packageVsix]) {
  const { failed, output } = await step();
  console.log(output.trim());
  if (failed > 0) process.exit(1);
}
console.log(vsix);
