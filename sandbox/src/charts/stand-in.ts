import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { definitionsFolder } from "../inputs";
import { type ChartRelease, packageName } from "./releases";

/** Registry of the images that stand-ins name; nothing can be pulled from it. */
export const standInRegistry = "stand-in.invalid";

interface ServicePort {
  readonly name: string;
  readonly port: number;
}

interface StandInService {
  /** Default: the release's full name with the suffix. */
  readonly name?: string;
  readonly suffix?: string;
  /** Which deployment it leads to, by its suffix. Default: the first one. */
  readonly selects?: string;
  /** Where the chart's values speak of this Service: type, annotations, load balancer class. */
  readonly values: string;
  readonly ports: readonly ServicePort[];
}

/** What of a chart others can see: its deployments by their suffix, its Services, ingress classes and CRDs. */
interface StandIn {
  readonly deployments: readonly string[];
  readonly services: readonly StandInService[];
  readonly ingressClasses?: readonly { readonly name: string; readonly controller: string }[];
  /** Beginnings of the file names of its CRDs. */
  readonly definitions?: readonly string[];
}

const https: ServicePort = { name: "https", port: 443 };
const http: ServicePort = { name: "http", port: 80 };

const anyChart: StandIn = { deployments: [""], services: [{ values: "service", ports: [http] }] };

const standIns: Readonly<Record<string, StandIn>> = {
  "apigatewayv2-chart": { deployments: [""], services: [], definitions: ["ack-apigatewayv2-"] },
  "appmesh-controller": {
    deployments: [""],
    services: [{ suffix: "-webhook-service", values: "webhookService", ports: [https] }],
    definitions: ["appmesh-controller-"],
  },
  "aws-gateway-controller-chart": {
    deployments: [""],
    services: [{ name: "webhook-service", values: "webhookService", ports: [https] }],
    definitions: ["aws-gateway-api-controller-", "gateway-api-"],
  },
  "aws-load-balancer-controller": {
    deployments: [""],
    services: [{ name: "aws-load-balancer-webhook-service", values: "webhookService", ports: [https] }],
    ingressClasses: [{ name: "alb", controller: "ingress.k8s.aws/alb" }],
    definitions: ["aws-load-balancer-controller-"],
  },
  "cert-manager": {
    deployments: ["", "-webhook", "-cainjector"],
    services: [
      { values: "service", ports: [{ name: "metrics", port: 9402 }] },
      { suffix: "-webhook", selects: "-webhook", values: "webhook.service", ports: [https] },
    ],
    definitions: ["cert-manager-"],
  },
  "emissary-crds-chart": { deployments: [], services: [], definitions: ["emissary-"] },
  "emissary-ingress": {
    deployments: [""],
    services: [
      { values: "service", ports: [http] },
      { suffix: "-admin", values: "adminService", ports: [{ name: "admin", port: 8877 }] },
    ],
  },
  "external-dns": { deployments: [""], services: [{ values: "service", ports: [{ name: "metrics", port: 7979 }] }] },
  "ingress-nginx": {
    deployments: ["-controller"],
    services: [{ suffix: "-controller", selects: "-controller", values: "controller.service", ports: [http, https] }],
  },
  "kube2iam-chart": { deployments: [""], services: [] },
  "nginx-ingress": {
    deployments: ["-controller"],
    services: [{ suffix: "-controller", selects: "-controller", values: "controller.service", ports: [http, https] }],
  },
};

/**
 * Packages a chart of the same name and version as the real one: its CRDs, where they can be had, and of the rest what
 * others can see.
 *
 * @throws Error when `tar` is not on the PATH
 */
export async function packageStandIn(release: Pick<ChartRelease, "chart" | "version">, folder: string): Promise<void> {
  const { chart, version } = release;
  const { definitions = [], ...standIn } = standIns[chart] ?? anyChart;
  const scratch = mkdtempSync(join(tmpdir(), "stand-in-"));
  const root = join(scratch, chart);
  try {
    cpSync(join(__dirname, "stand-in"), root, { recursive: true });
    writeFileSync(
      join(root, "Chart.yaml"),
      JSON.stringify({ apiVersion: "v2", name: chart, version, type: "application" }),
    );
    writeFileSync(join(root, "values.yaml"), JSON.stringify({ standIn: { registry: standInRegistry, ...standIn } }));
    mkdirSync(join(root, "crds"));
    for (const file of definitionFiles(definitions)) {
      cpSync(file, join(root, "crds", basename(file)));
    }
    await promisify(execFile)("tar", ["-czf", join(folder, packageName(release)), "-C", scratch, chart]);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function definitionFiles(prefixes: readonly string[]): readonly string[] {
  const folder = definitionsFolder();
  if (folder === undefined) {
    return [];
  }
  const files = readdirSync(folder).filter((file) => prefixes.some((prefix) => file.startsWith(prefix)));
  return files.map((file) => join(folder, file));
}
