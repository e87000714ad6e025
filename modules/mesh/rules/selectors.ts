import { formatPath } from "../../schema/problem";
import { workloadLabels } from "../../workloads/labels";
import { commonLabels, gatewayLabels } from "../members";
import { at, type MeshRule, selectorText } from "./rule";

type Labels = Readonly<Record<string, string>>;

function within(labels: Labels, others: Labels): boolean {
  return Object.entries(labels).every(([key, value]) => others[key] === value);
}

/** Without a common label the Service over the versions would have no selector, and so no pods. */
export const versionsShareALabel: MeshRule = ({ mesh, workloads }) =>
  Object.entries(mesh.services).flatMap(([name, service]) => {
    const known = service.versions.filter(({ workload }) => workloads[workload] !== undefined);
    if (known.length < service.versions.length || Object.keys(commonLabels(service, workloads)).length > 0) return [];
    return [
      {
        path: at("services", name, "versions"),
        value: known.map(({ workload }) => workload),
        rule: `their pods have no label in common, so the Service ${name} could not select them all`,
        remedy: `give these workloads one, such as \`labels: { app: ${JSON.stringify(name)}, ... }\`, and a second one that tells them apart`,
      },
    ];
  });

export const serviceSelectsItsVersions: MeshRule = ({ mesh, workloads }) =>
  Object.entries(mesh.services).flatMap(([name, service]) => {
    const labels = commonLabels(service, workloads);
    if (Object.keys(labels).length === 0) return [];
    const versions = service.versions.map(({ workload }) => workload);
    return Object.entries(workloads)
      .filter(([other, workload]) => workload.namespace === mesh.namespace && !versions.includes(other))
      .filter(([other, workload]) => within(labels, workloadLabels(other, workload)))
      .map(([other, workload]) => ({
        path: formatPath(["workloads", other, "labels"]),
        value: workloadLabels(other, workload),
        rule: `the Service ${name} selects ${selectorText(labels)}, what its versions have in common, and these pods carry it too`,
        remedy: `give ${other} another value there, or make it a version of ${name}`,
      }));
  });

/** One Service has one target port. */
export const versionsListenAlike: MeshRule = ({ mesh, workloads }) =>
  Object.entries(mesh.services).flatMap(([name, { versions }]) => {
    const ports = versions.flatMap(({ workload }) => workloads[workload]?.port ?? []);
    if (new Set(ports).size < 2) return [];
    return [
      {
        path: at("services", name, "versions"),
        value: Object.fromEntries(versions.map(({ workload }) => [workload, workloads[workload]?.port])),
        rule: `their containers listen on different ports, and the Service ${name} over all of them has one target port`,
        remedy: "let them listen on the same port",
      },
    ];
  });

/** The gateway's selector takes its own pods alone. */
export const gatewaySelectsItsPods: MeshRule = ({ mesh, workloads }) => {
  if (mesh.kind !== "app-mesh" || mesh.gateway === undefined) return [];
  return Object.entries(workloads)
    .filter(
      ([name, workload]) =>
        workload.namespace === mesh.namespace && within(gatewayLabels, workloadLabels(name, workload)),
    )
    .map(([name, workload]) => ({
      path: formatPath(["workloads", name, "labels"]),
      value: workloadLabels(name, workload),
      rule: `the gateway's pods are selected by ${selectorText(gatewayLabels)}, and the injector refuses a pod that is a member and a gateway`,
      remedy: `give ${name} another value of the label ${Object.keys(gatewayLabels).join(", ")}`,
    }));
};
