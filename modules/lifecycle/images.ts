/** An image that no chart brings along. */
export interface PinnedImage {
  readonly repository: string;
  readonly tag: string;
}

/** Every image this project names itself. Tags stand here and nowhere else. */
export const images = {
  /** App Mesh's Envoy, of members and gateway alike; the last that chart 1.13.3 was made for. */
  appMeshEnvoy: { repository: "public.ecr.aws/appmesh/aws-appmesh-envoy", tag: "v1.29.12.3-prod" },
} as const satisfies Readonly<Record<string, PinnedImage>>;
