/** A line of a text, and whether only the newer or only the older one has it. */
export type LineChange = { is: 'same' | 'added' | 'removed'; text: string }

/** Two texts line by line, with as many lines kept as can be. */
export function lineChanges(from: string, to: string): LineChange[] {
  const [before, after] = [from.split('\n'), to.split('\n')]
  // kept[i][j]: how many lines can be kept of those from i and from j on.
  const kept = Array.from({ length: before.length + 1 }, () => new Array<number>(after.length + 1).fill(0))
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      kept[i]![j] = before[i] === after[j] ? kept[i + 1]![j + 1]! + 1 : Math.max(kept[i + 1]![j]!, kept[i]![j + 1]!)
    }
  }
  const found: LineChange[] = []
  for (let i = 0, j = 0; i < before.length || j < after.length;) {
    if (i < before.length && j < after.length && before[i] === after[j]) {
      found.push({ is: 'same', text: before[i]! })
      i++
      j++
    } else if (j >= after.length || (i < before.length && kept[i + 1]![j]! >= kept[i]![j + 1]!)) found.push({ is: 'removed', text: before[i++]! })
    else found.push({ is: 'added', text: after[j++]! })
  }
  return found
}
