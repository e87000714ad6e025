/** Numbers that choices are read from, one after another; nothing but noughts after its end, which are the plainest. */
export class Tape {
  private position = 0;

  constructor(private readonly numbers: readonly number[]) {}

  next(): number {
    return this.numbers[this.position++] ?? 0;
  }

  /** One of several; the first where the tape has ended. */
  of<Item>(items: readonly [Item, ...Item[]]): Item;
  of<Item>(items: readonly Item[]): Item | undefined;
  of<Item>(items: readonly Item[]): Item | undefined {
    return items.length === 0 ? undefined : items[this.next() % items.length];
  }

  /** Whether one of so many cases is met. */
  oneIn(cases: number): boolean {
    return this.next() % cases === cases - 1;
  }
}
