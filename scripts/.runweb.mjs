import { runWebTests } from '/work/wt/web/scripts/lib/web-tests.mjs';
const t=Date.now();
const o = await runWebTests({ grep: process.argv[2] });
console.log(o.output); console.log(o.passed, o.failed, (Date.now()-t)/1000); process.exit();
