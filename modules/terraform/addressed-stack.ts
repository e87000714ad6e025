import { TerraformElement, TerraformStack } from "cdktf";
import type { Node } from "constructs";
import { addressPart } from "./address";

/**
 * A stack whose addresses carry no hashes: the ids below the stack, joined with `_`. An id `Resource` adds nothing,
 * for the one resource that a construct is about.
 */
export class AddressedStack extends TerraformStack {
  private readonly addresses = new Map<string, string>();

  /**
   * Resolves nothing: cdktf's own pass looks for references from one stack to another, which turn into outputs that
   * nobody declared. Contracts carry those here, and the pass costs a third of a synth.
   */
  override prepareStack(): void {}

  protected override allocateLogicalId(element: TerraformElement | Node): string {
    const node = TerraformElement.isTerraformElement(element) ? element.node : element;
    const address = node.scopes
      .slice(node.scopes.indexOf(this) + 1)
      .map((scope) => scope.node.id)
      .filter((id) => id !== "Resource")
      .map(addressPart)
      .join("_");
    const key = `${element.constructor.name} ${address}`;
    const taken = this.addresses.get(key);
    // cdktf would merge the two without a word.
    if (taken !== undefined && taken !== node.path) {
      throw new Error(`${node.path} and ${taken} would share the Terraform address ${address}: give one another id.`);
    }
    this.addresses.set(key, node.path);
    return address;
  }
}
