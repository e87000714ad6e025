/** The families that quotas of vCPUs count together. Source: EC2 user guide, "Amazon EC2 instance type quotas". */
export function familyOf(instanceType: string): string {
  const family = instanceType.split(".")[0] ?? "";
  if (/^(inf)/.test(family)) return "inf";
  if (/^(trn)/.test(family)) return "trn";
  if (/^(dl)/.test(family)) return "dl";
  if (/^(hpc)/.test(family)) return "hpc";
  if (/^u-/.test(family)) return "high memory";
  const [letter = ""] = family;
  if ("acdhimrtz".includes(letter)) return "standard";
  return { g: "g and vt", v: "g and vt", p: "p", f: "f", x: "x" }[letter] ?? "unknown";
}

interface VcpuQuota {
  readonly code: string;
  readonly what: string;
  readonly usual: number;
}

/** By how instances are bought and their family. Source: Service Quotas, "Running On-Demand …" and "All … Spot Instance Requests". */
export const vcpuQuotas: Readonly<Record<string, VcpuQuota>> = {
  "ON_DEMAND standard": { code: "L-1216C47A", what: "vCPUs of on-demand standard instances", usual: 5 },
  "SPOT standard": { code: "L-34B43A08", what: "vCPUs of standard spot instances", usual: 5 },
  "ON_DEMAND g and vt": { code: "L-DB2E81BA", what: "vCPUs of on-demand G and VT instances", usual: 0 },
  "SPOT g and vt": { code: "L-3819A6DF", what: "vCPUs of G and VT spot instances", usual: 0 },
  "ON_DEMAND p": { code: "L-417A185B", what: "vCPUs of on-demand P instances", usual: 0 },
  "SPOT p": { code: "L-7212CCBC", what: "vCPUs of P spot instances", usual: 0 },
  "ON_DEMAND inf": { code: "L-1945791B", what: "vCPUs of on-demand Inf instances", usual: 0 },
  "SPOT inf": { code: "L-B5D1601B", what: "vCPUs of Inf spot instances", usual: 0 },
};
