const ofPlace = /^\/(?:spaces|units)\/([^/?]+)/
const wordsAtMost = 8

/**
 * The words of the address of a space or unit, to search with when there is none at it: `/spaces/kalion-koulu-sali?week=…`
 * gives `kalion`, `koulu`, `sali`. Other addresses have none. `path` is as the visitor sent it, without language.
 */
export function placeWords(path: string): string[] {
  const slug = ofPlace.exec(path)?.[1]
  if (!slug) return []
  const words = legible(slug).toLowerCase().split(/[^\p{L}\p{N}]+/u).filter((word) => word.length > 1)
  return [...new Set(words)].slice(0, wordsAtMost).map((word) => word.slice(0, 40))
}

function legible(slug: string): string {
  try {
    return decodeURIComponent(slug)
  } catch {
    return slug
  }
}
