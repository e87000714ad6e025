import { isObject } from "../../terraform-json/json";
import type { BlockChange, Concern, FieldChange } from "../model";

/** A field whose change takes a protection away. */
interface Watch {
  /** Type of the resource; every type without it. */
  readonly type?: RegExp;
  readonly path: RegExp;
  readonly concern: Concern;
  readonly weaker: (change: FieldChange) => boolean;
  readonly says: string;
}

const isOff = (value: unknown) => value === undefined || value === false || value === "false" || value === null;
const isOn = (value: unknown) => value === true || value === "true";
const turnedOff = ({ before, after }: FieldChange) => isOn(before) && isOff(after);
const turnedOn = ({ before, after }: FieldChange) => isOff(before) && isOn(after);
const taken = ({ before, after }: FieldChange) => before !== undefined && isOff(after);

const levels = ["restricted", "baseline", "privileged"];

const watches: readonly Watch[] = [
  {
    path: /(^|\.)(encrypted|storage_encrypted|kms_encrypted)$/,
    concern: "encryption-lost",
    weaker: turnedOff,
    says: "encryption is switched off",
  },
  {
    path: /(^|\.)(encryption_config|encryption_configuration|kms_key_id|kms_key_arn|kms_master_key_id|server_side_encryption_configuration)(\b|$)/,
    concern: "encryption-lost",
    weaker: taken,
    says: "encryption with a key is taken away",
  },
  {
    path: /(^|\.)enable_key_rotation$/,
    concern: "encryption-lost",
    weaker: turnedOff,
    says: "the key is rotated no more",
  },
  {
    path: /(^|\.)(deletion_protection|enable_deletion_protection|prevent_destroy)$/,
    concern: "protection-lost",
    weaker: turnedOff,
    says: "protection from deletion is switched off",
  },
  {
    path: /(^|\.)(force_delete|force_destroy)$/,
    concern: "protection-lost",
    weaker: turnedOn,
    says: "it is deleted with what is in it",
  },
  {
    path: /(^|\.)image_tag_mutability$/,
    concern: "protection-lost",
    weaker: ({ after }) => after === "MUTABLE",
    says: "images may be overwritten",
  },
  { path: /(^|\.)scan_on_push$/, concern: "protection-lost", weaker: turnedOff, says: "images are scanned no more" },
  {
    path: /(^|\.)http_tokens$/,
    concern: "protection-lost",
    weaker: ({ after }) => after === "optional",
    says: "instances answer metadata requests without a token",
  },
  {
    path: /(^|\.)http_put_response_hop_limit$/,
    concern: "protection-lost",
    weaker: ({ before, after }) => Number(after) > Number(before),
    says: "pods can reach the metadata of their node",
  },
  {
    path: /(^|\.)enabled_cluster_log_types(\[|$)/,
    concern: "logs-lost",
    weaker: ({ before, after }) => before !== undefined && after === undefined,
    says: "a log of the control plane is kept no more",
  },
  {
    path: /(^|\.)(access_logs|access_log_settings|logging)(\.|$)/,
    concern: "logs-lost",
    weaker: taken,
    says: "access logs are taken away",
  },
  {
    path: /(^|\.)retention_in_days$/,
    concern: "logs-lost",
    weaker: ({ before, after }) => Number(after) !== 0 && Number(after) < Number(before),
    says: "logs are kept for a shorter time",
  },
  {
    type: /^aws_s3_bucket_public_access_block$/,
    path: /(block|ignore|restrict)_public/,
    concern: "public-storage",
    weaker: turnedOff,
    says: "the bucket may be public",
  },
  {
    type: /^aws_s3_bucket_acl$/,
    path: /^acl$/,
    concern: "public-storage",
    weaker: ({ after }) => String(after).startsWith("public"),
    says: "the bucket is public",
  },
  {
    path: /labels\."?pod-security\.kubernetes\.io\/enforce"?$/,
    concern: "pod-security-weakened",
    weaker: ({ before, after }) =>
      levels.indexOf(String(after ?? "privileged")) > levels.indexOf(String(before ?? "privileged")),
    says: "the namespace admits weaker pods",
  },
  {
    path: /(^|\.)(privileged|host_network|hostNetwork|host_pid|allow_privilege_escalation|allowPrivilegeEscalation)$/,
    concern: "pod-security-weakened",
    weaker: turnedOn,
    says: "pods come closer to their node",
  },
  {
    path: /(^|\.)(run_as_non_root|read_only_root_filesystem|runAsNonRoot|readOnlyRootFilesystem)$/,
    concern: "pod-security-weakened",
    weaker: turnedOff,
    says: "containers may do more",
  },
  {
    path: /(^|\.)automount_service_account_token$/,
    concern: "pod-security-weakened",
    weaker: turnedOn,
    says: "pods get a token of the API server",
  },
  {
    type: /^aws_vpclattice_service_network$/,
    path: /^auth_type$/,
    concern: "way-opened",
    weaker: ({ after }) => after === "NONE",
    says: "VPC Lattice asks nobody who they are",
  },
];

/** Whole resources that protect something, and what it means that one is gone. */
const guards: readonly { readonly type: RegExp; readonly concern: Concern; readonly says: string }[] = [
  { type: /^kubernetes_network_policy/, concern: "network-policy-lost", says: "a network policy is gone" },
  { type: /^aws_s3_bucket_public_access_block$/, concern: "public-storage", says: "the bucket may be public" },
  {
    type: /^aws_s3_bucket_server_side_encryption_configuration$/,
    concern: "encryption-lost",
    says: "the bucket's encryption is AWS's default",
  },
  { type: /^aws_flow_log$/, concern: "logs-lost", says: "traffic is recorded no more" },
  { type: /^aws_wafv2_web_acl_association$/, concern: "way-opened", says: "a web ACL is taken away" },
  {
    type: /^aws_default_security_group$/,
    concern: "group-opened",
    says: "the VPC's default group keeps AWS's own rules",
  },
];

export interface Weakening {
  readonly concern: Concern;
  readonly says: string;
  readonly place: string;
}

/** What a change of a resource takes away from its protection. */
export function weakenings({ stack, address, type, action, fields }: BlockChange): readonly Weakening[] {
  const place = `${stack}: ${address}`;
  if (action === "remove") {
    return guards
      .filter((guard) => guard.type.test(type))
      .map(({ concern, says }) => ({ concern, says: `${address} is removed: ${says}`, place }));
  }
  return fields.flatMap((field) =>
    watches
      .filter((watch) => (watch.type?.test(type) ?? true) && watch.path.test(field.path) && watch.weaker(field))
      .map(({ concern, says }) => ({
        concern,
        says: `${address}: ${says} (${field.path}: ${short(field.before)} -> ${short(field.after)})`,
        place,
      })),
  );
}

/** A value in a line. */
export function short(value: unknown, longest = 80): string {
  if (value === undefined) return "nothing";
  const text =
    typeof value === "string" ? value : isObject(value) || Array.isArray(value) ? JSON.stringify(value) : String(value);
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}
