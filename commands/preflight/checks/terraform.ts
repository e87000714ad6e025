import { type Check, stops } from "../check";
import { olderThan } from "../versions";

export const terraform: Check = {
  name: "Terraform",
  asksAws: false,
  look: async ({ terraformFloor }, facts) => {
    const found = facts.terraform();
    const install = `install Terraform or OpenTofu ${terraformFloor} or newer, and name it by TERRAFORM_BINARY_NAME where it is not terraform`;
    if (found === undefined) return [stops("it cannot be started", install)];
    const { program, version } = found;
    return version !== undefined && olderThan(version, terraformFloor)
      ? [stops(`${program} is ${version}, and a stack needs ${terraformFloor}`, install)]
      : [];
  },
};
