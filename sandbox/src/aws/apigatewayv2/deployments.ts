import { randomBytes } from "node:crypto";
import { noContent } from "../apigateway/completed-documents";
import { type Answer, type Call, jsonAnswer, jsonError } from "../exchange";
import { forget, type JsonObject, jsonObject, keep } from "../overlay";
import type { Store } from "../store";

/** Deployments of HTTP APIs. moto has none at all, so the store is where they are. */
export class Deployments {
  constructor(private readonly store: Store) {}

  /** Answers a call to a collection of deployments. */
  collection(call: Call, path: string): Answer {
    const { overlays } = this.store;
    if (call.method !== "POST") {
      return jsonAnswer({ items: [...overlays].filter(([key]) => key.startsWith(`${path}/`)).map(([, one]) => one) });
    }
    const { description } = jsonObject(call.body) ?? {};
    const document = {
      autoDeployed: false,
      createdDate: new Date().toISOString(),
      deploymentId: randomBytes(3).toString("hex"),
      deploymentStatus: "DEPLOYED",
      ...(description === undefined ? {} : { description }),
    };
    keep(overlays, `${path}/${document.deploymentId}`, document);
    this.store.save();
    return jsonAnswer(document, 201);
  }

  /** Answers a call to one deployment; one that a stage points to stays. */
  one(call: Call, path: string, stages: readonly JsonObject[]): Answer {
    const { overlays } = this.store;
    const deploymentId = path.split("/").at(-1);
    if (!overlays.has(path)) {
      return jsonError("NotFoundException", 404, `Unable to find Deployment by ID ${deploymentId} within the API`);
    }
    switch (call.method) {
      case "PATCH":
        keep(overlays, path, jsonObject(call.body) ?? {});
        this.store.save();
        break;
      case "DELETE":
        if (stages.some((stage) => stage["deploymentId"] === deploymentId)) {
          return jsonError(
            "BadRequestException",
            400,
            "Active stages pointing to this deployment must be moved or deleted",
          );
        }
        forget(overlays, path);
        this.store.save();
        return noContent;
      default:
        break;
    }
    return jsonAnswer({ ...overlays.get(path) });
  }
}
