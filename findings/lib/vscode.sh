# Sourced by the findings that need a VS Code: runs "$work/probe.js" in the extension host of a real one, from npm alone.
# `exports.probe = async (vscode, say) => …` is called in a window on the folder "$work/folder". What it says is printed.
# The server is in the package code-server, the browser that drives it in @sparticuz/chromium (Linux, x64) unless
# CHROME_PATH names another. FINDINGS_VSCODE, a folder that is kept, saves installing them each time.
run_in_vscode() {
  local kept=${FINDINGS_VSCODE:-$work/vscode} platform part
  if [ ! -e "$kept/complete" ]; then
    platform=$(node -p 'process.platform.replace("win32", "win") + "-" + process.arch')
    npm install --prefix "$kept" --no-audit --no-fund --silent --ignore-scripts code-server@4.139.1 \
      playwright-core@1.65.1 @sparticuz/chromium@153.0.0 "node24@npm:node-$platform@24.21.0"
    for part in lib/vscode lib/vscode/extensions; do
      (cd "$kept/node_modules/code-server/$part" &&
        npm install --omit=dev --no-audit --no-fund --silent --ignore-scripts)
    done
    touch "$kept/complete"
  fi
  mkdir -p "$work/extension" "$work/unpacked" "$work/folder"
  cat > "$work/extension/package.json" <<'JSON'
{ "name": "probe", "publisher": "findings", "version": "0.0.1", "engines": { "vscode": "^1.100.0" }, "main": "main.js" }
JSON
  echo 'exports.activate = () => undefined;' > "$work/extension/main.js"
  cat > "$work/extension/tests.js" <<'PROGRAM'
const { writeFileSync } = require('node:fs');
const { join } = require('node:path');
const vscode = require('vscode');
const { probe } = require('../probe.js');

exports.run = async () => {
  const lines = [`VS Code ${vscode.version}`];
  try {
    await probe(vscode, (line) => lines.push(line));
  } catch (error) {
    lines.push(error.stack);
  }
  writeFileSync(join(__dirname, '../said'), lines.map((line) => `${line}\n`).join(''));
};
PROGRAM
  cp "$(dirname "${BASH_SOURCE[0]}")/drive-vscode.mjs" "$kept/drive.mjs"
  TMPDIR="$work/unpacked" AWS_EXECUTION_ENV=AWS_Lambda_nodejs24.x node "$kept/drive.mjs" "$kept" "$work"
  cat "$work/said"
}
