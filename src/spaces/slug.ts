/** The text without its marks and in lower case, so that `toolo` finds Töölö. For comparing, not for showing. */
export function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
}

/** The text as an address: å and ä become a, ö becomes o, and all but letters a–z and digits one hyphen. May be empty. */
export function slugOf(text: string): string {
  return fold(text).replace(/ø/g, 'o').replace(/æ/g, 'ae').replace(/ß/g, 'ss')
    .replace(/[’'`]/g, '').replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '')
}
