import { type Answer, type Call, type Extension, jsonAnswer, jsonError } from "../exchange";
import type { MotoClient } from "../moto-client";
import { partitionOf } from "../partition";
import type { Store } from "../store";
import type { Eks, EksRequest, KubernetesEndpoint } from "./eks";
import { EksError } from "./errors";
import { type Route, routes } from "./routes";

export interface EksExtensionOptions {
  readonly accountId: string;
  readonly store: Store;
  readonly moto: MotoClient;
  kubernetes(clusterName: string): KubernetesEndpoint;
}

/**
 * The EKS API. Nothing of it goes to moto, which knows three of its resources and loses half of what it is told about
 * them; one owner of all of EKS is simpler than two that have to agree.
 */
export function eksExtension(options: EksExtensionOptions): Extension {
  let previous: Promise<unknown> = Promise.resolve();

  async function answer(call: Call): Promise<Answer> {
    if (call.method === "GET") {
      return perform(call);
    }
    // One change at a time: operations look before they leap, and look at moto in between.
    const mine = previous.then(() => perform(call));
    previous = mine.catch(() => undefined);
    return mine;
  }

  async function perform(call: Call): Promise<Answer> {
    const eks = eksOf(options, call.scope.region);
    try {
      const { route, path } = routeOf(call);
      const document = await route.operation(eks, requestOf(call, path));
      if (call.method !== "GET") {
        options.store.save();
      }
      return jsonAnswer(document);
    } catch (error) {
      if (error instanceof EksError) {
        return jsonError(error.code, error.status, error.message);
      }
      throw error;
    }
  }

  return { service: "eks", answer };
}

/** EKS in one region, as its operations see it. */
export function eksOf(options: EksExtensionOptions, region: string): Eks {
  return {
    accountId: options.accountId,
    partition: partitionOf(region),
    region,
    state: options.store.eks(region),
    moto: options.moto,
    kubernetes: options.kubernetes,
  };
}

function routeOf(call: Call): { readonly route: Route; readonly path: Readonly<Record<string, string>> } {
  for (const route of routes) {
    const match = route.method === call.method ? route.path.exec(call.path) : null;
    if (match !== null) {
      return { route, path: { ...match.groups } };
    }
  }
  throw new EksError(
    "UnknownOperationException",
    `The sandbox has no EKS operation for ${call.method} ${call.path}. Its EKS API covers clusters, node groups, Fargate ` +
      "profiles, add-ons, access entries, Pod Identity associations and tags.",
  );
}

function requestOf(call: Call, path: Readonly<Record<string, string>>): EksRequest {
  const text = call.body.toString("utf8");
  return {
    path: (name) => decodeURIComponent(path[name] ?? ""),
    query: call.query,
    document: text === "" ? {} : JSON.parse(text),
    accessKeyId: call.scope.accessKeyId,
  };
}
