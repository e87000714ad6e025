import { describe, expect, test } from "vitest";
import { workloadSchema } from "../../../modules/workloads/schema";
import { containerOf, deploymentOf, podsOf, synthWorkload, type WorkloadInput } from "./synth-workload";

type ConfigMaps = NonNullable<WorkloadInput["configMaps"]>;

function checksum(configMaps: ConfigMaps): string | undefined {
  return deploymentOf(synthWorkload({ configMaps })).spec.template.metadata.annotations["checksum/config-maps"];
}

describe("ConfigMaps", () => {
  test("each is made in the workload's namespace with its data as written", () => {
    const { of } = synthWorkload({ namespace: "web", configMaps: { content: { data: { "nginx.conf": "a $${b}" } } } });
    expect(of("kubernetes_config_map_v1", "config-map_content")).toMatchObject({
      metadata: { name: "content", namespace: "web" },
      data: { "nginx.conf": "a $${b}" },
    });
  });

  test("one with a mountPath is mounted read-only, one without is not mounted", () => {
    const synthesized = synthWorkload({
      configMaps: { settings: { data: { a: "b" } }, content: { data: { page: "c" }, mountPath: "/srv" } },
    });
    expect(podsOf(synthesized).volume).toEqual([{ name: "config-map-1", config_map: { name: "content" } }]);
    expect(containerOf(synthesized).volume_mount).toEqual([
      { name: "config-map-1", mount_path: "/srv", read_only: true },
    ]);
  });

  test("with paths every key has a place, its own name where no other is given", () => {
    const { volume } = podsOf(
      synthWorkload({
        configMaps: {
          content: {
            data: { "book-list": "[]", index: "x" },
            mountPath: "/srv",
            paths: { "book-list": "api/book/list" },
          },
        },
      }),
    );
    expect(volume[0]).toMatchObject({
      config_map: {
        name: "content",
        items: [
          { key: "book-list", path: "api/book/list" },
          { key: "index", path: "index" },
        ],
      },
    });
  });

  test.each(["/etc/passwd", "../escape", "a/../../b", ""])("%o is no path below a mount", (path) => {
    const input = { configMaps: { content: { data: { a: "b" }, mountPath: "/srv", paths: { a: path } } } };
    expect(workloadSchema.safeParse({ image: { name: "nginx", tag: "1" }, port: 80, ...input }).success).toBe(false);
  });

  test("a change of content changes the pod template, so that the pods roll", () => {
    const before = checksum({ content: { data: { a: "1" } } });
    expect(before).toMatch(/^[0-9a-f]{64}$/);
    expect(checksum({ content: { data: { a: "2" } } })).not.toBe(before);
    expect(checksum({ other: { data: { a: "1" } } })).not.toBe(before);
  });

  test("the order of keys changes nothing", () => {
    const one = checksum({ x: { data: { a: "1", b: "2" } }, y: { data: {} } });
    expect(checksum({ y: { data: {} }, x: { data: { b: "2", a: "1" } } })).toBe(one);
  });

  test("content cannot pass for a key", () => {
    expect(checksum({ x: { data: { a: '1","b' } } })).not.toBe(checksum({ x: { data: { a: "1", b: "" } } }));
  });

  test("without any the pod template carries no checksum", () => {
    expect(checksum({})).toBeUndefined();
  });
});

describe("temporary directories", () => {
  test("each is an empty directory that the process can write to", () => {
    const synthesized = synthWorkload({ temporaryDirectories: ["/tmp", "/var/cache/nginx"] });
    expect(podsOf(synthesized).volume).toEqual([
      { name: "temporary-directory-0", empty_dir: {} },
      { name: "temporary-directory-1", empty_dir: {} },
    ]);
    expect(containerOf(synthesized).volume_mount).toEqual([
      { name: "temporary-directory-0", mount_path: "/tmp" },
      { name: "temporary-directory-1", mount_path: "/var/cache/nginx" },
    ]);
  });
});
