/** Where the host could be read out of a path; stands for any host of ours. */
const here = 'http://here.invalid'

/** Also after one decoding: an address that a proxy decodes must not become another site's. */
const isLocal = (path: string): boolean =>
  path.startsWith('/') && !path.startsWith('//') && !/[\\\p{Cc}]/u.test(path) && URL.canParse(path, here) && new URL(path, here).origin === here

function decoded(path: string): string | null {
  try {
    return decodeURIComponent(path)
  } catch {
    return null
  }
}

/**
 * A path of ours to go to after signing in, without language prefix; anything that could lead to another site, or back
 * to signing in or out, is `/`.
 */
export function localPath(wanted: unknown): string {
  if (typeof wanted !== 'string' || wanted.length > 2000) return '/'
  const bare = wanted.replace(/^\/(sv|en)(?=[/?#]|$)/, '')
  const path = bare === '' || /^[?#]/.test(bare) ? `/${bare}` : bare
  const plain = decoded(path.split(/[?#]/)[0] ?? '')
  if (!isLocal(path) || plain === null || !isLocal(plain)) return '/'
  return /^\/(sign-in|sign-out)(?=[/?#]|$)/.test(path) ? '/' : path
}
