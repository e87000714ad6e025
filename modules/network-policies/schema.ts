import { z } from "zod";
import { described } from "../schema/descriptions";

export const networkPoliciesSchema = described(
  "Which connections the pods of workloads take and open. `from-routes` closes the namespaces of workloads and opens what routes, " +
    "`calls` and a mesh need, pod by pod; the VPC CNI enforces it. `off` lets every pod of the cluster reach every other. Load " +
    "balancers inside the VPC stand in the subnets of pods, so a port behind an internal door is open to these subnets as a whole.",
  z.enum(["off", "from-routes"]).default("off"),
);
