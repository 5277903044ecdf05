#!/usr/bin/env bash
# Guess: after `workspace.applyEdit` with one replacement, `onDidChangeTextDocument` tells of that replacement, so that
#   an extension can know its own edit by its range and text.
# What happens: VS Code compares old and new text first and tells of what is left: `two` replaced by `second` comes back
#   as two changes, an insertion and a replacement of other characters. Several come from the last to the first. A
#   replacement of a text by itself answers true and raises no event, and an edit with nothing in it answers false.
#   `TextEditor.edit` reports replacements as they were given.
# Seen with: VS Code 1.139.1 (code-server 4.139.1).
# For us: the linked call moves with each change in the terms of the text before it, whoever made the change
#   (src/host/language/linkedCall.ts); an edit of ours is known by the text that came of it, not by its changes.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
. "$(dirname "$0")/lib/vscode.sh"

mkdir "$work/folder"
printf 'one\ntwo\nthree\n' > "$work/folder/text.txt"
cat > "$work/probe.js" <<'PROGRAM'
const pause = (milliseconds) => new Promise((later) => setTimeout(later, milliseconds));

exports.probe = async (vscode, say) => {
  const uri = vscode.Uri.joinPath(vscode.workspace.workspaceFolders[0].uri, 'text.txt');
  const document = await vscode.workspace.openTextDocument(uri);
  const editor = await vscode.window.showTextDocument(document);
  const second = new vscode.Range(1, 0, 1, 3);
  const third = new vscode.Range(2, 0, 2, 5);
  let told = [];
  vscode.workspace.onDidChangeTextDocument((event) => {
    for (const { rangeOffset, rangeLength, text } of event.contentChanges)
      told.push(`${rangeLength} characters at ${rangeOffset} by ${JSON.stringify(text)}`);
  });

  const run = async (name, change) => {
    told = [];
    const answer = await change();
    await pause(500);
    say(`${name}: answers ${answer}, tells ${told.length === 0 ? 'nothing' : told.join(', then ')}`);
    if (told.length > 0) await vscode.commands.executeCommand('undo');
    await pause(500);
  };
  const apply = (...replacements) => {
    const edit = new vscode.WorkspaceEdit();
    for (const [range, text] of replacements) edit.replace(uri, range, text);
    return vscode.workspace.applyEdit(edit);
  };

  await run('applyEdit, two by second', () => apply([second, 'second']));
  await run('TextEditor.edit, the same', () => editor.edit((builder) => builder.replace(second, 'second')));
  await run('applyEdit, two by 2 and three by 3', () => apply([second, '2'], [third, '3']));
  await run('applyEdit, two by two', () => apply([second, 'two']));
  await run('applyEdit, nothing', () => apply());
};
PROGRAM
run_in_vscode | tee "$work/seen"

cat > "$work/expected" <<'EXPECTED'
VS Code 1.139.1
applyEdit, two by second: answers true, tells 0 characters at 7 by "nd", then 2 characters at 4 by "sec"
TextEditor.edit, the same: answers true, tells 3 characters at 4 by "second"
applyEdit, two by 2 and three by 3: answers true, tells 5 characters at 8 by "3", then 3 characters at 4 by "2"
applyEdit, two by two: answers true, tells nothing
applyEdit, nothing: answers false, tells nothing
EXPECTED
diff "$work/expected" "$work/seen" || {
  echo 'CHANGED: an edit of an extension comes back otherwise than it did.' >&2
  exit 1
}
echo 'As seen before.'
