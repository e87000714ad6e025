import { bytes, cores } from "../quantity";
import { at, ofEachWorkload } from "./rule";

/** A pod cannot be promised more than it may use. Source: Kubernetes API, ResourceRequirements. */
export const requestsWithinLimits = ofEachWorkload((name, { resources: { requests, limits } }) => {
  const beyond = (field: "cpu" | "memory", request: string, limit: string) => ({
    path: at(name, "resources", "requests", field),
    value: request,
    rule: `the container may use ${limit} and asks to be promised ${request}; Kubernetes refuses a request above its limit`,
    remedy: `lower the request, or raise \`resources.limits.${field}\``,
  });
  return [
    ...(limits.cpu !== undefined && cores(requests.cpu) > cores(limits.cpu)
      ? [beyond("cpu", requests.cpu, limits.cpu)]
      : []),
    ...(bytes(requests.memory) > bytes(limits.memory) ? [beyond("memory", requests.memory, limits.memory)] : []),
  ];
});
