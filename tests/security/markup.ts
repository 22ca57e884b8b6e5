/** A start tag as a browser reads it. */
export type Tag = { name: string; attributes: Record<string, string> }

const plain = (text: string): string =>
  text.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')

const start = /<!--[\s\S]*?(?:-->|$)|<([a-z][^\s/>]*)((?:[^>"']|"[^"]*"|'[^']*')*)>/gi
const attribute = /([^\s"'>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g
/** What is inside these is text until the end tag, whatever it looks like. */
const raw = ['script', 'style', 'textarea', 'title']

/** The start tags of a page, in order; comments count as tags, as no page has any. */
export function tagsIn(html: string): Tag[] {
  const tags: Tag[] = []
  const walk = new RegExp(start)
  for (let found = walk.exec(html); found; found = walk.exec(html)) {
    const [, name = '!--', rest = ''] = found
    const attributes = Object.fromEntries([...rest.matchAll(attribute)].map(([, key = '', ...values]) =>
      [key.toLowerCase(), plain(values.find((one) => one !== undefined) ?? '')]))
    tags.push({ name: name.toLowerCase(), attributes })
    if (raw.includes(name.toLowerCase())) {
      const end = html.toLowerCase().indexOf(`</${name.toLowerCase()}`, walk.lastIndex)
      walk.lastIndex = end < 0 ? html.length : end
    }
  }
  return tags
}

/** The tags with the names of their attributes: what no text may change. Sorted, as lists of names are in the alphabet's order. */
export const shapeOf = (html: string): string[] => tagsIn(html).map(({ name, attributes }) => [name, ...Object.keys(attributes)].join(' ')).sort()

const ours = /^(?:$|[#?]|geo:[\d.,-]+$|\/(?!\/)|mailto:|tel:|webcal:\/\/tilavuoro\.test\/|https?:\/\/)/
const leading = ['href', 'src', 'action', 'formaction', 'xlink:href', 'srcset', 'hx-get', 'hx-post']

/** What could run or lead astray in a page: handlers, inline scripts and styles, frames, strange addresses. */
export const harmIn = (html: string): string[] => tagsIn(html).flatMap(({ name, attributes }) => [
  ...Object.keys(attributes).filter((key) => /^on|^style$|^srcdoc$|^http-equiv$/.test(key)).map((key) => `${name} ${key}`),
  ...(['iframe', 'object', 'embed', 'base', 'style', '!--'].includes(name) ? [name] : []),
  ...(name === 'script' && !attributes['src']?.startsWith('/static/') && attributes['type'] !== 'application/ld+json' ? ['script'] : []),
  ...(name === 'img' && !/^(\/static\/|data:image\/)/.test(attributes['src'] ?? '') ? ['img'] : []),
  ...leading.filter((key) => attributes[key] !== undefined && !ours.test(attributes[key])).map((key) => `${name} ${key}=${attributes[key]}`),
])
