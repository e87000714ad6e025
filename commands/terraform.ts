/** The program that the cdktf CLI would call too: `terraform`, or what `TERRAFORM_BINARY_NAME` says, such as `tofu`. */
export function terraformProgram({ TERRAFORM_BINARY_NAME }: Readonly<NodeJS.ProcessEnv>): string {
  return TERRAFORM_BINARY_NAME ?? "terraform";
}
