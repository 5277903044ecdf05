import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { CallToolRequestSchema, type CallToolResult, ListToolsRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import type { AnsweringTool } from './tools';

/** Serves tools to an agent over the standard streams, until that closes them. */
export async function serve(tools: readonly AnsweringTool[], version: string): Promise<void> {
  // The tools come with schemas in JSON, which the extension's manifest has too; the library's own way wants them in
  // another form. What an agent gives is checked by each tool.
  const { server } = new McpServer(
    { name: 'transposed-conv-inspector', version },
    {
      capabilities: { tools: {} },
      instructions:
        'Shapes of tensors in Python code of convolutional networks, read without running it. Nothing is written, executed or sent.',
    },
  );
  server.setRequestHandler(ListToolsRequestSchema, () => ({
    tools: tools.map(({ name, title, description, inputSchema }) => ({
      name,
      title,
      description,
      inputSchema: { ...inputSchema, type: 'object' as const },
      annotations: { title, readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
    })),
  }));
  server.setRequestHandler(CallToolRequestSchema, async ({ params }) =>
    called(
      tools.find(({ name }) => name === params.name),
      params.name,
      params.arguments ?? {},
    ),
  );
  const ended = new Promise<void>((resolve) => {
    server.onclose = resolve;
    process.stdin.once('end', resolve);
  });
  await server.connect(new StdioServerTransport());
  await ended;
}

async function called(tool: AnsweringTool | undefined, name: string, input: unknown): Promise<CallToolResult> {
  const answer = tool ? await tool.answer(input) : { refused: `There is no tool ${name}.` };
  return 'text' in answer
    ? { content: [{ type: 'text', text: answer.text }] }
    : { content: [{ type: 'text', text: answer.refused }], isError: true };
}
