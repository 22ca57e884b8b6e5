const remembered = 5_000

/** A function of a number that remembers what it said last: a page of times asks for the same few moments again and again. */
export function remembering(say: (value: number) => string): (value: number) => string {
  const said = new Map<number, string>()
  return (value) => {
    let text = said.get(value)
    if (text === undefined) {
      if (said.size >= remembered) said.clear()
      said.set(value, (text = say(value)))
    }
    return text
  }
}
