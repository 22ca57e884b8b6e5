type Kept = { of: readonly unknown[]; html: string }

/** What was rendered of each owner, the one asked last at the end; an owner that is no longer in use takes its fragments with it. */
const kept = new WeakMap<object, Map<string, Kept>>()
const keepAtMost = 300

/**
 * A part of a page that hangs on things which seldom change, rendered once and remembered. `key` says which part it is, in
 * which language and of what; `of` is everything else that it prints, compared by identity, so that a change of any of it
 * renders anew. Nothing of the viewer, the date or a booking may be in it.
 */
export function keptFragment(owner: object, key: string, of: readonly unknown[], render: () => string): string {
  let fragments = kept.get(owner)
  if (!fragments) kept.set(owner, (fragments = new Map()))
  const found = fragments.get(key)
  fragments.delete(key)
  const current = found && sameThings(found.of, of) ? found : { of, html: inOnePiece(render()) }
  fragments.set(key, current)
  if (fragments.size > keepAtMost) fragments.delete(fragments.keys().next().value!)
  return current.html
}

/** Text without the many small parts that it was put together of, which the engine would keep as long as the text. */
export const inOnePiece = (text: string): string => Buffer.from(text).toString()

const sameThings = (a: readonly unknown[], b: readonly unknown[]): boolean => a.length === b.length && a.every((one, i) => one === b[i])
