import { components } from "../../lifecycle/components";
import type { CrdChart } from "../crd-release";

export const latticeCrds: CrdChart = {
  name: "aws-gateway-controller-crds",
  folder: "modules/controllers/lattice/chart",
  component: components.latticeController,
};
