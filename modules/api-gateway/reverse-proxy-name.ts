/** Name of the Deployment, the Service and the ConfigMap of an API's reverse proxy. */
export function reverseProxyName(api: string): string {
  return `${api}-reverse-proxy`;
}
