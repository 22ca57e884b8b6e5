const escapes: Record<string, string> = { '<': '\\u003c', '>': '\\u003e', '&': '\\u0026', '\u2028': '\\u2028', '\u2029': '\\u2029' }

/**
 * JSON that may stand in a `<script type="application/ld+json">`: nothing in it can end the element or begin a comment.
 * A browser does not run such a block, so that the content policy has nothing to refuse.
 */
export const dataBlock = (value: object): string => JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, (sign) => escapes[sign] ?? '')
