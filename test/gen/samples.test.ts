import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import type { CustomResource } from "../../.gen/custom-resource";
import { kinds } from "../../tools/gen/kinds";
import { fileOf } from "../../tools/gen/print";
import { startsPrograms } from "../support/programs";
import { compile } from "./compile";
import * as apiGateway from "./samples/apigatewayv2.services.k8s.aws";
import * as vpcLattice from "./samples/application-networking.k8s.aws";
import * as appMesh from "./samples/appmesh.k8s.aws";
import * as certManager from "./samples/cert-manager.io";
import * as loadBalancerController from "./samples/elbv2.k8s.aws";
import * as loadBalancerGateway from "./samples/gateway.k8s.aws";
import * as gatewayApi from "./samples/gateway.networking.k8s.io";
import * as emissary from "./samples/getambassador.io";

const groups = [
  apiGateway,
  vpcLattice,
  appMesh,
  certManager,
  loadBalancerController,
  loadBalancerGateway,
  gatewayApi,
  emissary,
];
const samples = groups.flatMap((group): readonly CustomResource[] => Object.values(group));

describe("the kinds that the project emits", startsPrograms, () => {
  it("have one sample each", () => {
    const wanted = Object.entries(kinds).flatMap(([apiVersion, names]) => names.map((kind) => `${apiVersion} ${kind}`));
    expect(samples.map(({ apiVersion, kind }) => `${apiVersion} ${kind}`).sort()).toEqual(wanted.sort());
  });

  it.each(samples)("have a type that says $apiVersion $kind", (sample) => {
    const text = readFileSync(path.join(".gen", fileOf(sample)), "utf8");
    expect(text).toContain(`export interface ${sample.kind} {`);
    expect(text).toContain(`readonly apiVersion: "${sample.apiVersion}";`);
    expect(text).toContain(`readonly kind: "${sample.kind}";`);
  });

  it("accept their samples", () => {
    const folder = path.join(__dirname, "samples");
    const sources = readdirSync(folder).map((file) => {
      const text = readFileSync(path.join(folder, file), "utf8");
      return [file, text.replaceAll("../../../.gen/", "./.gen/")] as const;
    });
    expect(compile(Object.fromEntries(sources))).toEqual([]);
  });
});
