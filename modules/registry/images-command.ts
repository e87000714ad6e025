/** The command that prints, for each repository, how to sign in, build and push. */
export function imagesCommand(environment: string): string {
  return `npx foundry images ${environment}`;
}
