import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import escapeHtml from 'escape-html'
import { Eta } from 'eta'
import { root } from '../root.ts'

/** Templates get their data as `it`; everything is escaped unless a template says `~`. */
const eta = new Eta({ views: root('views'), cache: process.env['NODE_ENV'] !== 'development', autoEscape: true, escapeFunction: (value) => escapeHtml(String(value)) })

// All our includes are absolute, so that a template's path hangs on its name alone; Eta works it out at each include.
const paths = new Map<string, string>()
const resolve = eta.resolvePath?.bind(eta)
eta.resolvePath = (name, options) => {
  const known = paths.get(name)
  if (known !== undefined) return known
  const path = resolve?.(name, options) ?? ''
  if (name.startsWith('/')) paths.set(name, path)
  return path
}

export const renderView = (name: string, data: object): string => eta.render(`/${name}`, data)

const hashes = new Map<string, string>()

/** The address of a static file with its content's hash, so that it may be kept for ever. */
export function asset(file: string): string {
  let hash = hashes.get(file)
  if (!hash) {
    hash = createHash('sha256').update(readFileSync(root('static', file))).digest('hex').slice(0, 10)
    hashes.set(file, hash)
  }
  return `/static/${file}?v=${hash}`
}
