/** The program that the cdktf CLI would call too: `terraform`, or what `TERRAFORM_BINARY_NAME` says, such as `tofu`. */
export const terraformProgram = process.env["TERRAFORM_BINARY_NAME"] ?? "terraform";
