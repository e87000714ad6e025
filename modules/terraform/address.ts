/** A name as a part of an address of Terraform, which knows letters, digits, `_` and `-` alone. */
export function addressPart(name: string): string {
  return name.replace(/[^A-Za-z0-9_-]/g, "_");
}
