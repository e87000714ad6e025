import { describe, expect, it } from "vitest";
import { StackLines } from "../../../commands/terraform/stack-lines";

function linesOf(columns: number | undefined) {
  let printed = "";
  let now = 0;
  const output = {
    write: (text: string) => {
      printed += text;
    },
    columns,
    colour: false,
  };
  return {
    lines: new StackLines(output, "dev-identity".length, () => now),
    later: (seconds: number) => {
      now += seconds * 1000;
    },
    printed: () => printed,
  };
}

/** What a terminal shows in the end: a line goes up and clears everything below. */
function shown(printed: string): readonly string[] {
  const screen: string[] = [];
  const up = new RegExp(`^${String.fromCharCode(27)}\\[(\\d+)A${String.fromCharCode(27)}\\[J`);
  const texts = printed.split("\n");
  for (let [index, text] of texts.entries()) {
    for (let move = up.exec(text); move !== null; move = up.exec(text)) {
      screen.splice(screen.length - Number(move[1]));
      text = text.slice(move[0].length);
    }
    if (index < texts.length - 1) screen.push(text);
  }
  return screen;
}

describe("one line a stack", () => {
  it("tells a log when something begins and when it ends, with the time it took", () => {
    const { lines, later, printed } = linesOf(undefined);
    lines.begin("dev-cluster", "applies", () => "3 of 51");
    later(92);
    lines.end("dev-cluster", "51 made");
    expect(printed()).toBe("dev-cluster   applies\ndev-cluster   51 made, 1 m 32 s\n");
  });

  it("shows a terminal in place what goes on, and keeps what came of it", () => {
    const { lines, later, printed } = linesOf(80);
    lines.begin("dev-cluster", "applies", () => "3 of 51, waits for aws_eks_cluster.cluster to be made");
    lines.begin("dev-identity", "plans");
    later(5);
    lines.print("something to know");
    expect(shown(printed())).toEqual(
      [
        "something to know",
        "dev-cluster   applies 5 s, 3 of 51, waits for aws_eks_cluster.cluster to be made",
        "dev-identity  plans 5 s",
      ].map((line) => line.slice(0, 79)),
    );
    lines.end("dev-cluster", "51 made");
    lines.end("dev-identity", undefined);
    expect(shown(printed())).toEqual(["something to know", "dev-cluster   51 made, 5 s"]);
  });

  it("names what is under way", () => {
    const { lines } = linesOf(undefined);
    lines.begin("dev-cluster", "plans");
    expect(lines.running).toEqual(["dev-cluster"]);
    lines.end("dev-cluster", undefined);
    expect(lines.running).toEqual([]);
  });
});
