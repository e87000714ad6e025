import type { Problem } from "./problem";

/**
 * A load balancer takes nothing from another region. Server certificates of IAM have no region and pass.
 * Source: "Certificates for your Application Load Balancer" and "…Network Load Balancer" in the ELB guides.
 */
export function otherRegion(field: string, arn: string | undefined, region: string): readonly Problem[] {
  const arnRegion = arn?.split(":")[3];
  if (arnRegion === undefined || arnRegion === "" || arnRegion === region) return [];
  return [
    {
      path: field,
      value: arn,
      rule: `it belongs to ${arnRegion}, and the load balancer stands in ${region}; a load balancer takes nothing from another region`,
      remedy: `name one of ${region}`,
    },
  ];
}
