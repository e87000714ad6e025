import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import {
  createProtocolConnection,
  DidOpenTextDocumentNotification,
  ExitNotification,
  type Hover,
  HoverRequest,
  InitializedNotification,
  InitializeRequest,
  type Position,
  type ProtocolConnection,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver-protocol/node";

/** The language server of the TypeScript that the project pins, as an editor talks to it. */
export class LanguageServer {
  private constructor(
    private readonly root: string,
    private readonly process: ChildProcess,
    private readonly connection: ProtocolConnection,
  ) {}

  static async start(root: string): Promise<LanguageServer> {
    const compiler = join(root, "node_modules", "typescript", "bin", "tsc");
    const child = spawn(process.execPath, [compiler, "--lsp", "--stdio"], {
      cwd: root,
      stdio: ["pipe", "pipe", "ignore"],
    });
    const connection = createProtocolConnection(
      new StreamMessageReader(child.stdout),
      new StreamMessageWriter(child.stdin),
    );
    connection.listen();
    const rootUri = pathToFileURL(root).href;
    await connection.sendRequest(InitializeRequest.type, {
      processId: process.pid,
      rootUri,
      workspaceFolders: [{ uri: rootUri, name: "project" }],
      capabilities: { textDocument: { hover: { contentFormat: ["markdown"] } } },
    });
    await connection.sendNotification(InitializedNotification.type, {});
    return new LanguageServer(root, child, connection);
  }

  /** What an editor shows where a file first has a word as a key. */
  async hover(file: string, word: string): Promise<string> {
    const text = readFileSync(join(this.root, file), "utf8");
    const uri = pathToFileURL(join(this.root, file)).href;
    await this.connection.sendNotification(DidOpenTextDocumentNotification.type, {
      textDocument: { uri, languageId: "typescript", version: 1, text },
    });
    const hover = await this.connection.sendRequest(HoverRequest.type, {
      textDocument: { uri },
      position: positionOf(text, `${word}:`),
    });
    return hover === null ? "" : textOf(hover);
  }

  async stop(): Promise<void> {
    const ended = once(this.process, "exit");
    await this.connection.sendRequest(ShutdownRequest.type);
    await this.connection.sendNotification(ExitNotification.type);
    this.process.stdin?.end();
    await ended;
    this.connection.dispose();
  }
}

function positionOf(text: string, key: string): Position {
  const before = text.slice(0, text.search(new RegExp(`\\b${key}`))).split("\n");
  return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
}

function textOf({ contents }: Hover): string {
  if (typeof contents === "string") return contents;
  return "value" in contents ? contents.value : JSON.stringify(contents);
}
