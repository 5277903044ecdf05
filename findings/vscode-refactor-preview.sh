#!/usr/bin/env bash
# Guess: `needsConfirmation: true` on the entries of a WorkspaceEdit shows them in the refactor preview, ticked, and
#   Apply makes them; the user unticks what is not wanted.
# What happens: exactly those entries open unticked, and one entry that needs confirmation is what opens the preview.
#   Apply then makes no change, and `applyEdit` answers false. The same edit without `needsConfirmation` is made at
#   once, with no preview.
# Seen with: VS Code 1.139.1 (code-server 4.139.1).
# For us: a change of the code is shown in a diff editor with Apply and Discard of our own
#   (src/host/language/proposals.ts).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
. "$(dirname "$0")/lib/vscode.sh"

mkdir "$work/folder"
printf 'old text\n' > "$work/folder/text.txt"
cat > "$work/probe.js" <<'PROGRAM'
const pause = (milliseconds) => new Promise((later) => setTimeout(later, milliseconds));

exports.probe = async (vscode, say) => {
  const uri = vscode.Uri.joinPath(vscode.workspace.workspaceFolders[0].uri, 'text.txt');
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document);
  const old = document.getText();

  for (const [needsConfirmation, tick] of [
    [false, false],
    [true, false],
    [true, true],
  ]) {
    const edit = new vscode.WorkspaceEdit();
    edit.replace(uri, new vscode.Range(0, 0, 0, 3), 'new', { label: 'Change', needsConfirmation });
    let answer;
    const answered = vscode.workspace.applyEdit(edit, { isRefactoring: true }).then((value) => (answer = value));
    await pause(8000);
    say(`needsConfirmation ${needsConfirmation}: ${answer === undefined ? 'a preview' : 'made at once'}`);
    if (tick) {
      say('  ticked by hand');
      await vscode.commands.executeCommand('list.focusFirst');
      await vscode.commands.executeCommand('refactorPreview.toggleCheckedState');
      await pause(500);
    }
    if (answer === undefined) await vscode.commands.executeCommand('refactorPreview.apply');
    await Promise.race([answered, pause(10_000)]);
    say(`  text ${document.getText() === old ? 'as before' : 'changed'}, applyEdit answered ${answer}`);
    if (document.getText() !== old) await vscode.commands.executeCommand('undo');
  }
};
PROGRAM
run_in_vscode | tee "$work/seen"

cat > "$work/expected" <<'EXPECTED'
VS Code 1.139.1
needsConfirmation false: made at once
  text changed, applyEdit answered true
needsConfirmation true: a preview
  text as before, applyEdit answered false
needsConfirmation true: a preview
  ticked by hand
  text changed, applyEdit answered true
EXPECTED
diff "$work/expected" "$work/seen" || {
  echo 'CHANGED: the refactor preview treats entries that need confirmation otherwise than it did.' >&2
  exit 1
}
echo 'As seen before.'
