import { plainly, translators } from '../platform/i18n/messages.ts'
import type { Condition } from './condition.ts'
import { toldIn, treeOf } from './condition-tree.ts'
import type { Told, Tree } from './condition-tree.ts'
import type { Edition } from './edition.ts'
import { capital, leafWords, listed } from './leaf-words-pages.ts'
import type { Telling } from './leaf-words-pages.ts'

/**
 * A condition in words, named conditions spelled out: `väkeä vähintään 200 ja varaajana yritys`. In plain Finnish sentences,
 * the last without its stop.
 */
export const conditionWords = (condition: Condition, telling: Telling): string =>
  telling.plain ? plainWords(shortened(treeOf(condition, telling.edition.definitions), Infinity), telling) : inBrackets(condition, telling, false)

function inBrackets(condition: Condition, telling: Telling, negated: boolean): string {
  const t = translators[telling.lang]
  if ('defined' in condition) return inBrackets(telling.edition.definitions[condition.defined]!, telling, negated)
  if ('not' in condition) return inBrackets(condition.not, telling, !negated)
  if (!('all' in condition) && !('any' in condition)) return leafWords(condition, negated, telling)
  const parts = 'all' in condition ? condition.all : condition.any
  const [only] = parts
  if (!only) return t(negated ? 'rulebook.word.never' : 'rulebook.word.always')
  if (parts.length === 1) return inBrackets(only, telling, negated)
  // What is neither this nor that is not this and not that.
  const together = ('all' in condition) !== negated
  const said = parts.map((part) => {
    const words = inBrackets(part, telling, negated)
    return isGroup(part, telling.edition.definitions) ? `(${words})` : words
  })
  return said.join(t(together ? 'rulebook.word.and' : 'rulebook.word.or'))
}

/** Whether a part says several things, so that it needs brackets among others. */
function isGroup(part: Condition, definitions: Edition['definitions']): boolean {
  if ('defined' in part) return isGroup(definitions[part.defined]!, definitions)
  if ('not' in part) return isGroup(part.not, definitions)
  return ('all' in part && part.all.length > 1) || ('any' in part && part.any.length > 1)
}

/** A condition of more comparisons than this is not told in full where a reader wants to know what is missing. */
const toldInFull = 3

/**
 * What a wish would still need, in one clause that says what is needed together and what is enough alone: `väkeä enintään 30,
 * ja lisäksi kaikille avointa tai kaupungin asukkaita yli 50 %`. In plain Finnish sentences that continue "if".
 */
export const neededWords = (tree: Tree, telling: Telling): string =>
  telling.plain ? plainWords(shortened(tree, toldInFull), telling) : clause(shortened(tree, toldInFull), telling)

type Short = Told | { any: Short[] } | { all: Short[]; more?: boolean }

/**
 * A long tree as a reader can take it in: of much that is needed together only the first part; inside alternatives, where
 * nobody sees any more what belongs together, the first comparison.
 */
function shortened(tree: Tree, most: number, inside = false): Short {
  if ('leaf' in tree) return tree
  if ('any' in tree) return { any: tree.any.map((part) => shortened(part, toldInFull, true)) }
  const deep = inside && tree.all.some((part) => 'any' in part)
  if (toldIn(tree).length <= most && !deep) return { all: tree.all.map((part) => shortened(part, most)) }
  const first = (inside ? tree.all.find((part) => 'leaf' in part) : undefined) ?? tree.all[0]!
  return { all: [shortened(first, toldInFull, true)], more: true }
}

function clause(tree: Short, telling: Telling): string {
  const t = translators[telling.lang]
  if ('leaf' in tree) return leafWords(tree.leaf, tree.negated, telling)
  if ('any' in tree) {
    if (tree.any.length === 0) return t('rulebook.word.never')
    const parts = tree.any.map((part) => ('all' in part && !part.more ? t('rulebook.word.together', { what: clause(part, telling) }) : clause(part, telling)))
    return tree.any.every(saysOne) ? listed(parts, t('rulebook.word.or')) : parts.join(t('rulebook.word.else'))
  }
  if (tree.all.length === 0) return t('rulebook.word.always')
  if (tree.more) return t('rulebook.word.more', { what: clause(tree.all[0]!, telling) })
  const single = tree.all.filter(saysOne).map((part) => clause(part, telling))
  const others = tree.all.filter((part) => !saysOne(part)).map((part) => clause(part, telling))
  return [...(single.length ? [listed(single, t('rulebook.word.and'))] : []), ...others].join(t('rulebook.word.also'))
}

/** Whether a part says one thing only, so that it stands among others without a comma. */
function saysOne(tree: Short): boolean {
  if (!('leaf' in tree)) return false
  const { leaf } = tree
  const said: unknown[] = 'in' in leaf ? leaf.in : 'has' in leaf ? leaf.has : Object.keys(leaf).slice(1)
  return said.length === 1
}

/**
 * A tree in sentences of plain Finnish; the first continues "if", the last has no stop. Several are told in lines, each part
 * marked `– ` and what belongs below it moved in, so that nobody takes them for statements about the reader.
 */
function plainWords(tree: Short, telling: Telling): string {
  if ('leaf' in tree) return leafWords(tree.leaf, tree.negated, telling)
  if (partsOf(tree).length === 0) return plainly('any' in tree ? 'rulebook.word.never' : 'rulebook.word.always')
  if ('all' in tree && tree.more) {
    const [first] = tree.all
    return `${plainWords(first!, telling)}.${'leaf' in first! ? ' ' : '\n'}${plainly('rulebook.plain.more')}`
  }
  return [`${plainly(introOf(tree))}:`, ...marked(tree, telling, '')].map((line, at, lines) => (line.endsWith(':') || at === lines.length - 1 ? line : `${line}.`)).join('\n')
}

/** The parts of a tree, a line each. */
function marked(tree: Group, telling: Telling, indent: string): string[] {
  const parts = partsOf(tree)
  const ordered = 'all' in tree ? [...parts.filter((part) => 'leaf' in part), ...parts.filter((part) => !('leaf' in part))] : parts
  return ordered.flatMap((part) => {
    if ('leaf' in part) return [`${indent}– ${capital(leafWords(part.leaf, part.negated, telling))}`]
    const [first, ...rest] = partsOf(part)
    if ('all' in part && first && 'leaf' in first) return [`${indent}– ${together(first, rest, part.more, telling)}`]
    // Of much that is needed together the first is told, and that is an alternative of its own.
    const [group, more] = 'all' in part && part.more && first && !('leaf' in first) ? [first, `. ${plainly('rulebook.plain.more')}`] : [part, '']
    return [`${indent}– ${capital(plainly(introOf(group)))}${more}:`, ...marked(group, telling, `${indent}  `)]
  })
}

/** What is one alternative of several only as a whole. */
const together = (first: Told, rest: Short[], more: boolean | undefined, telling: Telling): string => [
  capital(leafWords(first.leaf, first.negated, telling)),
  ...rest.map((part) => plainly('rulebook.plain.together', { what: plainWords(part, telling) })),
  ...(more ? [plainly('rulebook.plain.more')] : []),
].join('. ')

type Group = Exclude<Short, Told>
const partsOf = (tree: Group): Short[] => ('all' in tree ? tree.all : tree.any)
const introOf = (tree: Group): 'rulebook.plain.all' | 'rulebook.plain.any' => ('all' in tree ? 'rulebook.plain.all' : 'rulebook.plain.any')
