import type supertest from 'supertest'

export type Agent = ReturnType<typeof supertest.agent>
export type Fields = Record<string, string | string[]>

const plain = (text: string): string =>
  text.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
const attribute = (tag: string, name: string): string | undefined => {
  const found = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)
  return found?.[1] === undefined ? undefined : plain(found[1])
}

/** The fields of the page's form with this action, as a browser without scripts would send it untouched. */
export function formIn(html: string, action: string): Fields {
  const form = [...html.matchAll(/<form\b[^>]*>[\s\S]*?<\/form>/g)].map(([text]) => text).find((text) => attribute(text.slice(0, text.indexOf('>') + 1), 'action') === action)
  if (!form) throw new Error(`no form ${action} on the page`)
  const fields: Fields = {}
  const add = (name: string | undefined, value: string): void => {
    if (name === undefined) return
    const before = fields[name]
    fields[name] = before === undefined ? value : [...[before].flat(), value]
  }
  for (const [tag] of form.matchAll(/<input\b[^>]*>/g)) {
    const ticked = !['radio', 'checkbox'].includes(attribute(tag, 'type') ?? '') || /\schecked[\s>]/.test(tag)
    if (ticked) add(attribute(tag, 'name'), attribute(tag, 'value') ?? '')
  }
  for (const [tag, body = ''] of form.matchAll(/<textarea\b[^>]*>([\s\S]*?)<\/textarea>/g)) add(attribute(tag, 'name'), plain(body))
  for (const [tag, body = ''] of form.matchAll(/<select\b[^>]*>([\s\S]*?)<\/select>/g)) {
    const chosen = /<option value="([^"]*)" selected/.exec(body) ?? /<option value="([^"]*)"/.exec(body)
    add(attribute(tag, 'name'), chosen?.[1] ?? '')
  }
  return fields
}

/** Fills in a form of the page and sends it. */
export function send(agent: Agent, html: string, action: string, own: Fields = {}) {
  const body = new URLSearchParams()
  for (const [name, value] of Object.entries({ ...formIn(html, action), ...own })) for (const one of [value].flat()) body.append(name, one)
  return agent.post(action).type('form').send(body.toString())
}

/** What a page says, without its markup. */
export const wordsIn = (html: string): string => plain(html.replace(/<script[\s\S]*?<\/script>/g, '').replace(/<[^>]+>/g, ' ')).replace(/\s+/g, ' ')

/** The targets of a page's links whose text holds these words. */
export const linksTo = (html: string, words: string): string[] =>
  [...html.matchAll(/<a\b[^>]*href="([^"]*)"[^>]*>([\s\S]*?)<\/a>/g)].filter(([, , text = '']) => wordsIn(text).includes(words)).map(([, href = '']) => plain(href))
