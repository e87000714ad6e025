import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { checkedOn } from "../../../modules/lifecycle/checked-on";
import { type Component, components } from "../../../modules/lifecycle/components";
import { discontinued } from "../../../modules/lifecycle/discontinued";
import { images } from "../../../modules/lifecycle/images";
import { defaultKubernetesVersion, kubernetesVersions } from "../../../modules/lifecycle/kubernetes-versions";

const table: readonly (readonly [string, Component])[] = Object.entries(components);
const ended = table.filter(([, { support }]) => support.kind === "ended");
const date = /^20\d\d-(0[1-9]|1[0-2])(-[0-3]\d)?$/;
const minorOf = (version: string) => Number(version.split(".")[1]);

describe("the table of components", () => {
  it.each(table)("%s has one whole version, never a range", (_name, { version }) => {
    expect(version).toMatch(/^v?\d+\.\d+\.\d+$/);
  });

  it.each(table)(
    "%s comes from a repository by TLS, or from a chart of ours of that name and version",
    (_name, component) => {
      const { chart, repository, version } = component;
      if (/^(https|oci):\/\//.test(repository)) return;
      expect(existsSync(repository), repository).toBe(true);
      expect(parse(readFileSync(join(repository, "Chart.yaml"), "utf8"))).toMatchObject({ name: chart, version });
    },
  );

  it.each(table)("%s says by a link where its dates and limits were read", (_name, { source }) => {
    expect(source).toMatch(/^https:\/\//);
  });

  it.each(table)(
    "%s is supported until a day, or has ended on one that had come when that was checked",
    (_name, { support }) => {
      if (support.kind === "ended") {
        expect(support.since).toMatch(date);
        expect(support.since <= checkedOn).toBe(true);
      } else if (support.until !== undefined) {
        expect(support.until).toMatch(date);
      }
    },
  );

  it.each(ended)("%s has ended, and the table says what to choose instead", (_name, { successor }) => {
    expect(successor).toMatch(/\S/);
  });

  it.each(table)("%s claims the default version of Kubernetes, where its vendor claims any", (_name, component) => {
    const { kubernetesFrom = "1.0", kubernetesUpTo = "1.999" } = component;
    expect(minorOf(kubernetesFrom)).toBeLessThanOrEqual(minorOf(defaultKubernetesVersion));
    expect(minorOf(kubernetesUpTo)).toBeGreaterThanOrEqual(minorOf(defaultKubernetesVersion));
  });
});

describe("versions of Kubernetes", () => {
  it("stand in their order, each with extended support after its standard support", () => {
    const minors = Object.keys(kubernetesVersions).map(minorOf);
    expect(minors).toEqual([...minors].sort((one, other) => one - other));
    for (const { standardUntil, extendedUntil } of Object.values(kubernetesVersions)) {
      expect(standardUntil < extendedUntil).toBe(true);
    }
  });

  it("the default is under standard support", () => {
    expect(kubernetesVersions[defaultKubernetesVersion].standardUntil > checkedOn).toBe(true);
  });
});

describe("what no chart brings", () => {
  it.each(Object.entries(images))("the image %s has a tag that stays what it is", (_name, { tag }) => {
    expect(tag).toMatch(/\d+\.\d+\.\d+/);
  });

  it.each(Object.entries(discontinued))("%s has ended, and the table says what takes its place", (_name, thing) => {
    expect(thing.since <= checkedOn).toBe(true);
    expect(thing.successor).toMatch(/\S/);
  });
});
