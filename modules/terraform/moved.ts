import { TerraformResource, TerraformStack } from "cdktf";
import type { Construct } from "constructs";

/**
 * Lets Terraform find everything below a scope where it was before the scope's own id was another. Of no effect where the
 * state has nothing of that address.
 *
 * @param scope a scope of the address `<before>_<id>`
 * @param formerId what its id was
 */
export function movedFrom(scope: Construct, formerId: string): void {
  const { id, scopes } = scope.node;
  const above = scopes.slice(scopes.indexOf(TerraformStack.of(scope)) + 1, -1).map(({ node }) => node.id);
  const prefix = (name: string) => [...above, name].join("_");
  const [now, before] = [`${prefix(id)}_`, `${prefix(formerId)}_`];
  for (const element of scope.node.findAll()) {
    if (!TerraformResource.isTerraformResource(element)) continue;
    const address = element.friendlyUniqueId;
    if (!address.startsWith(now)) throw new Error(`${address} does not begin with ${now}`);
    element.moveFromId(`${element.terraformResourceType}.${before}${address.slice(now.length)}`);
  }
}
