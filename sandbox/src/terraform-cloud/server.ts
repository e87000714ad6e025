import { randomBytes } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:https";
import { join } from "node:path";
import { rootCertificates } from "node:tls";
import { signCertificate } from "../controllers/certificates";
import { listenOnLoopback } from "../loopback-server";
import { commandLineConfiguration } from "./command-line-configuration";
import { type Answer, ApiError, notFound } from "./json-api";
import { ObjectStore } from "./objects";
import { type Caller, isOver, Organization } from "./organization";
import { lockRequests } from "./requests/locks";
import { organizationRequests } from "./requests/organizations";
import { projectRequests } from "./requests/projects";
import { runRequests } from "./requests/runs";
import { stateRequests } from "./requests/states";
import { triggerRequests } from "./requests/triggers";
import { variableRequests } from "./requests/variables";
import { workspaceRequests } from "./requests/workspaces";
import { routeFor, routesOf } from "./router";
import { Queue } from "./runs/queue";
import { Worker } from "./runs/worker";

export interface TerraformCloudOptions {
  /** Of this server alone: its certificate, and what runs work in. */
  readonly folder: string;
  /** Folder of the authority that signs its certificate. */
  readonly authority: string;
  readonly organization: string;
  /** Host that the stacks name; Terraform is told that it answers here. Default: `app.terraform.io`. */
  readonly hostname?: string;
  /** Ids of the agent pools that the organization has. Default: none. */
  readonly agentPools?: readonly string[];
  readonly terraform: string;
  readonly terraformVersion: string;
  /** Environment of a run's Terraform: what its machine has. */
  readonly environment: Readonly<Record<string, string>>;
  /** Text of a configuration of Terraform's command line that runs and callers share: where plugins come from. */
  readonly installation?: string;
  readonly signIn?: (roleArn: string) => Promise<Readonly<Record<string, string>>>;
  /** The clock of the server. Default: the machine's. */
  readonly now?: () => Date;
  /** Called with each answered request: how the table names it, and the status. Undefined for one that nothing answers. */
  readonly onAnswer?: (answered: {
    readonly name: string | undefined;
    readonly path: string;
    readonly status: number;
    readonly agent: string;
  }) => void;
}

/** A stand-in of Terraform Cloud, as far as Terraform, the CLI of cdktf and the tfe provider call it. */
export interface TerraformCloud {
  /** `https://localhost:<port>`. */
  readonly address: string;
  /** What a program needs in its environment to call it as an owner of the organization. */
  readonly ownerEnvironment: Readonly<Record<string, string>>;
  readonly organization: Organization;
  /** Its runs: a test confirms, discards and cancels here what a person would in a browser. */
  readonly queue: Pick<Queue, "confirm" | "discard" | "cancel">;
  close(): Promise<void>;
}

const api = "/api/v2/";

export async function startTerraformCloud(options: TerraformCloudOptions): Promise<TerraformCloud> {
  const { folder, hostname = "app.terraform.io", now = () => new Date(), installation = "" } = options;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { certificate, key, ca } = await signCertificate(options.authority, ["localhost"]);
  const trusted = join(folder, "ca.pem");
  writeFileSync(trusted, [...rootCertificates, ca].join("\n"));
  const organization = new Organization(options.organization, options.agentPools ?? [], now);
  const ownerToken = `owner.${randomBytes(24).toString("hex")}`;
  let address = "";
  const objects = new ObjectStore(organization, () => address);
  const configuration = (file: string, token: string): Readonly<Record<string, string>> => {
    writeFileSync(file, commandLineConfiguration({ hostname, address, token, installation }), { mode: 0o600 });
    return { TF_CLI_CONFIG_FILE: file, SSL_CERT_FILE: trusted };
  };
  const worker = new Worker({
    organization,
    folder: join(folder, "runs"),
    terraform: options.terraform,
    version: options.terraformVersion,
    environment: (token, of) => ({
      ...options.environment,
      ...configuration(join(of, "worker.tfrc"), token),
      TF_IN_AUTOMATION: "1",
      CHECKPOINT_DISABLE: "1",
    }),
    signIn: options.signIn,
  });
  const queue = new Queue(organization, worker);
  const service = { organization, queue, objectUrl: objects.url };
  const routes = routesOf(
    organizationRequests(service),
    projectRequests(service),
    workspaceRequests(service),
    lockRequests(service),
    stateRequests(service),
    runRequests(service),
    variableRequests(service),
    triggerRequests(service),
  );

  /** @throws ApiError 401 where the token is nobody's */
  const callerOf = ({ headers }: IncomingMessage): Caller => {
    const token = /^Bearer (.+)$/.exec(headers.authorization ?? "")?.[1];
    if (token === ownerToken) return { kind: "owner", name: "owner" };
    const run = [...organization.runs.values()].find((each) => each.token === token);
    if (run === undefined || isOver(run)) throw new ApiError(401, "unauthorized");
    return { kind: "run", run };
  };

  const answerTo = async (
    request: IncomingMessage,
    url: URL,
  ): Promise<{ name: string | undefined; answer: Answer }> => {
    if (url.pathname === "/.well-known/terraform.json") {
      const body = { "tfe.v2": api, "tfe.v2.1": api, "tfe.v2.2": api, "state.v2": api };
      return { name: "GET .well-known/terraform.json", answer: { status: 200, body } };
    }
    const body = await bodyOf(request);
    const { method = "GET" } = request;
    const object = objects.answer(method, url, body);
    if (object !== undefined) return object;
    let name: string | undefined;
    try {
      const route = url.pathname.startsWith(api) ? routeFor(routes, method, url.pathname.slice(api.length)) : undefined;
      name = route?.route.name;
      const caller = callerOf(request);
      if (route === undefined) throw notFound();
      const parsed: unknown = body.length === 0 ? undefined : JSON.parse(body.toString("utf8"));
      return {
        name,
        answer: await route.route.handler({ caller, path: route.path, query: url.searchParams, body: parsed }),
      };
    } catch (error) {
      if (error instanceof ApiError) return { name, answer: error.answer };
      throw error;
    }
  };

  const server = createServer({ key, cert: `${certificate}\n${ca}` }, (request, response) => {
    const url = new URL(request.url ?? "/", "https://localhost");
    answerTo(request, url)
      .catch((error: unknown) => ({
        name: undefined,
        answer: new ApiError(500, "internal error", String(error)).answer,
      }))
      .then(({ name, answer }) => {
        send(response, answer);
        options.onAnswer?.({
          name,
          path: url.pathname,
          status: answer.status,
          agent: request.headers["user-agent"] ?? "",
        });
      });
  });
  const listening = await listenOnLoopback(server);
  address = `https://localhost:${listening.port}`;
  return {
    address,
    organization,
    queue,
    ownerEnvironment: configuration(join(folder, "owner.tfrc"), ownerToken),
    async close() {
      await queue.close();
      await listening.close();
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

function send(response: ServerResponse, { status, body, bytes }: Answer): void {
  response.statusCode = status;
  response.setHeader("TFP-API-Version", "2.6");
  // Of a Terraform Enterprise that prints the logs of runs as they are: the structured form is of no use to anybody here.
  response.setHeader("TFP-AppName", "Terraform Enterprise");
  response.setHeader("X-TFE-Version", "v202301-1");
  if (bytes !== undefined) {
    response.setHeader("Content-Type", "application/octet-stream");
    response.end(bytes);
    return;
  }
  response.setHeader("Content-Type", "application/vnd.api+json");
  response.end(body === undefined ? undefined : JSON.stringify(body));
}
