import { TerraformResource } from "cdktf";
import type { Construct } from "constructs";

/**
 * Terraform's own `terraform_data`: keeps a value, so that something can be replaced when the value changes.
 * cdktf's class for it runs `terraform version` at synth and fails where there is none, and synth needs no Terraform.
 */
export class TerraformData extends TerraformResource {
  constructor(
    scope: Construct,
    id: string,
    private readonly input: Readonly<Record<string, string>>,
  ) {
    super(scope, id, { terraformResourceType: "terraform_data" });
  }

  /** As `lifecycle.replace_triggered_by` wants it: an address, not a reference. */
  get address(): string {
    return `${this.terraformResourceType}.${this.friendlyUniqueId}`;
  }

  protected override synthesizeAttributes(): { [name: string]: unknown } {
    return { input: this.input };
  }
}
