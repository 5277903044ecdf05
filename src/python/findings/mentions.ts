import type { Frame } from '../model/frame';
import type { Machine } from '../model/machine';
import type { Value } from '../model/value';
import type { Mention } from '../report';
import type { Call, Expression } from '../syntax/ast';

/** Where a layer's variable is applied: `self.up1` in `self.up1(x)`. */
export function mentionUse(machine: Machine, callee: Value, node: Call, frame: Frame): void {
  mention(machine, callee, node.callee, 'use', frame);
}

/** Where a layer is bound to a variable: `self.up1` in `self.up1 = nn.ConvTranspose2d(…)`. */
export function mentionDefinition(machine: Machine, value: Value, target: Expression, frame: Frame): void {
  mention(machine, value, target, 'definition', frame);
}

function mention(machine: Machine, value: Value, node: Expression, role: Mention['role'], frame: Frame): void {
  const layer = value.kind === 'instance' ? value.native : value;
  if (layer?.kind !== 'layer' || !layer.site || (node.kind !== 'attribute' && node.kind !== 'name')) return;
  if (!machine.recorder.records) return;
  const { mentions } = machine.recorder.site(layer.site.call, layer.site);
  if (
    mentions.length > 64 ||
    mentions.some((each) => each.chunk === frame.chunk && each.mention.span.start === node.start)
  )
    return;
  const name = frame.chunk.text.slice(node.start, node.end);
  mentions.push({ chunk: frame.chunk, mention: { span: { start: node.start, end: node.end }, role, name } });
}
