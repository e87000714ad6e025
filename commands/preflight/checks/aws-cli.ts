import { type Check, stops } from "../check";
import { olderThan } from "../versions";

/** The first that gives tokens in the form client.authentication.k8s.io/v1beta1. Source: the AWS CLI's changelog. */
const oldest = "2.7.0";
const oldestOfOne = "1.24.0";

export const awsCli: Check = {
  name: "AWS CLI",
  asksAws: false,
  look: async ({ environment }, facts) => {
    if (environment.cluster.credentials !== "exec") return [];
    const version = facts.awsCli();
    const remedy = `install AWS CLI 2, ${oldest} or newer, or write cluster.credentials: "token"`;
    if (version === undefined) {
      return [stops("aws is not on the PATH, and Terraform asks it for tokens of the cluster", remedy)];
    }
    const floor = version.startsWith("1.") ? oldestOfOne : oldest;
    return olderThan(version, floor) ? [stops(`it is ${version}, whose tokens the providers do not take`, remedy)] : [];
  },
};
