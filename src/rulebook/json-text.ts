/** Nobody types a NUL or half a character, and PostgreSQL takes neither. */
const illegible = /\0|\p{Cs}/u
/** No edition is half as deep, and walking through one of thousands of levels ends the stack. */
const deepest = 60

/** What a text of JSON says; null where it is none, is nested too deep or holds characters that cannot be kept. */
export function readJson(text: string): { value: unknown } | null {
  let value: unknown
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    return null
  }
  const waiting: { value: unknown; depth: number }[] = [{ value, depth: 1 }]
  for (let one = waiting.pop(); one; one = waiting.pop()) {
    if (typeof one.value === 'string' ? illegible.test(one.value) : one.depth > deepest) return null
    if (typeof one.value !== 'object' || one.value === null) continue
    for (const [key, inner] of Object.entries(one.value)) {
      if (illegible.test(key)) return null
      waiting.push({ value: inner, depth: one.depth + 1 })
    }
  }
  return { value }
}
