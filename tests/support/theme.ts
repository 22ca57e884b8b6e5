import { text } from './house.ts'

/** A theme as a reader meets it: the window's scheme, and whether more contrast is asked for. */
export type Circumstances = { dark: boolean; more: boolean }

/** The declarations of the `:root` blocks that hold in these circumstances, later ones over earlier ones. */
function declared(css: string, { dark, more }: Circumstances): Map<string, string> {
  const tokens = new Map<string, string>()
  const holds = (condition: string): boolean =>
    (!condition.includes('prefers-color-scheme: dark') || dark) && (!condition.includes('prefers-contrast: more') || more)
  const plain = css.replace(/\/\*.*?\*\//gs, '')
  for (const [, condition = '', body = ''] of plain.matchAll(/(?:@media ([^{]+)\{\s*)?:root \{([^}]*)\}/g)) {
    if (!holds(condition)) continue
    for (const [, name = '', value = ''] of body.matchAll(/(--[\w-]+):\s*([^;]+);/g)) tokens.set(name, value.trim())
  }
  return tokens
}

/** The theme's tokens as values, `var()` followed. */
export function tokensOf(circumstances: Circumstances): (name: string) => string {
  const tokens = declared(text('static/css/theme.css'), circumstances)
  const value = (name: string): string => {
    const said = tokens.get(name)
    if (said === undefined) throw new Error(`the theme has no ${name}`)
    const other = /^var\((--[\w-]+)\)$/.exec(said)?.[1]
    return other ? value(other) : said
  }
  return value
}

/** Relative luminance of `#rrggbb` (WCAG 2.2). */
export function luminance(colour: string): number {
  const parts = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour)
  if (!parts) throw new Error(`${colour} is not #rrggbb`)
  const [red = 0, green = 0, blue = 0] = parts.slice(1).map((part) => {
    const share = Number.parseInt(part, 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** The contrast of two colours, 1 to 21 (WCAG 2.2). */
export function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}
