import { zoneOf } from "../modules/certificates/certificates";
import { validatedName } from "../modules/certificates/coverage";
import type { NameInAws } from "../modules/schema/name-in-aws";
import { bucketName } from "../modules/storage/private-bucket";
import { trustStoreNameInAws } from "../modules/trust-stores/trust-stores";
import { webAclNames } from "../modules/web-acls/web-acls";
import type { Environment } from "./environment";

/** Names of what stands before doors: validation records, trust stores, web ACLs and buckets. */
export function namesOfDoors(environment: Environment): readonly NameInAws[] {
  return [...namesOfCertificates(environment), ...namesOfTrust(environment), ...namesOfWebAcls(environment)];
}

/** ACM asks an account for one record of a name, so two environments of an account would both make it. */
function namesOfCertificates({ certificates, dns, name }: Environment): readonly NameInAws[] {
  const domains = Object.keys(dns.zones);
  const names = new Map<string, NameInAws>();
  for (const [certificate, options] of Object.entries(certificates)) {
    if (options.kind !== "acm" || options.validation.kind !== "route53") continue;
    for (const [index, host] of options.hosts.entries()) {
      const zone = zoneOf(host, domains);
      const made = zone === undefined ? undefined : dns.zones[zone];
      const validated = validatedName(host);
      if (zone === undefined || made === undefined || names.has(validated)) continue;
      names.set(validated, {
        what: "validation record of ACM",
        name: validated,
        within: { zone: made.kind === "existing" ? made.zoneId : `${zone} of ${name}` },
        path: ["certificates", certificate, "hosts", index],
        remedy: "make the certificate in one of them, and name it by `certificateArn` in the other",
      });
    }
  }
  return [...names.values()];
}

function namesOfTrust({ aws, loadBalancers, name, trustStores }: Environment): readonly NameInAws[] {
  const bucket = (purpose: string, path: readonly PropertyKey[]): NameInAws => ({
    what: "S3 bucket",
    name: bucketName({ environment: name, accountId: aws.accountId, purpose }),
    within: "world",
    path,
  });
  const stores = Object.keys(trustStores);
  return [
    ...(loadBalancers.accessLogs.kind === "on" ? [bucket("access-logs", ["loadBalancers", "accessLogs"])] : []),
    ...(stores.length === 0 ? [] : [bucket("trust", ["trustStores"])]),
    ...stores.map((store) => ({
      what: "trust store",
      name: trustStoreNameInAws(name, store),
      within: "region" as const,
      path: ["trustStores", store],
    })),
  ];
}

function namesOfWebAcls({ name, webAcls }: Environment): readonly NameInAws[] {
  return Object.entries(webAcls).flatMap(([acl, options]) => {
    const names = webAclNames(name, acl);
    const at = { within: "region" as const, path: ["webAcls", acl] };
    return [
      { what: "web ACL", name: names.acl, ...at },
      ...(options.networks === undefined ? [] : [{ what: "IP set", name: names.networks, ...at }]),
      ...(options.logs.kind === "off"
        ? []
        : Object.values(names.logs).map((group) => ({ what: "log group", name: group, ...at }))),
    ];
  });
}
