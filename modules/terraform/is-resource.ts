import { TerraformResource } from "cdktf";
import type { IConstruct } from "constructs";

/** A class of a provider's resources. */
interface ResourceClass<Resource> {
  readonly tfResourceType: string;
  readonly prototype: Resource;
}

/**
 * Whether a construct is a resource of a kind, by Terraform's name for it: additions of an environment are bundled with
 * classes of their own, and `instanceof` knows one copy of a class alone.
 */
export function isResource<Resource extends TerraformResource>(
  node: IConstruct,
  kind: ResourceClass<Resource>,
): node is Resource {
  return TerraformResource.isTerraformResource(node) && node.terraformResourceType === kind.tfResourceType;
}
