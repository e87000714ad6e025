import { components } from "../../lifecycle/components";
import type { CrdChart } from "../crd-release";

export const appMeshCrds: CrdChart = {
  name: "appmesh-crds",
  folder: "modules/controllers/app-mesh/chart",
  component: components.appMesh,
};
