import { plainly, translators } from '../platform/i18n/messages.ts'
import type { Condition } from './condition.ts'
import { toldIn, treeOf } from './condition-tree.ts'
import type { Told, Tree } from './condition-tree.ts'
import { capital, leafWords, listed, saidBy, voiceOf } from './leaf-words-pages.ts'
import type { Telling } from './leaf-words-pages.ts'

/**
 * A condition in words, named conditions spelled out: `väkeä vähintään 200 ja varaajana yritys`. What is too much for a
 * sentence is told in lines, each part marked `– ` and what belongs below it moved in; the last line has no stop.
 */
export function conditionWords(condition: Condition, telling: Telling): string {
  const tree = treeOf(condition, telling.edition.definitions)
  return telling.plain ? plainWords(shortened(tree, Infinity), telling) : wordsOf(tree, telling)
}

/** A condition of more comparisons than this is not told in full where a reader wants to know what is missing. */
const toldInFull = 3

/**
 * What a wish would still need, as a sentence: `Vaatisi: väkeä enintään 30, ja lisäksi kaikille avointa tai kaupungin
 * asukkaita yli 50 %.` What is too much for one ends in lines, as a condition does.
 */
export function neededWords(unmet: Tree, telling: Telling): string {
  const t = voiceOf(telling)
  const tree = shortened(unmet, toldInFull)
  if (telling.plain) return t('rulebook.why.needed', { what: plainWords(tree, telling) })
  if (isSentence(tree)) return t('rulebook.why.needed', { what: clause(tree, telling) })
  return `${t('rulebook.why.neededList', { what: listIntro(tree, telling, 'rulebook.list.ofAny') })}:\n${ended(marked(listOf(tree), telling, ''))}.`
}

type Short = Told | { any: Short[] } | { all: Short[]; more?: boolean }
type Group = Exclude<Short, Told>

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

/** A sentence that says more things than this, the values that it lists counted one by one, is one in which readers get lost. */
const mostInSentence = 3

function isSentence(tree: Short): boolean {
  const things = thingsIn(tree)
  return things.length < 2 || things.reduce((sum, { leaf }) => sum + saidBy(leaf), 0) <= mostInSentence
}

const thingsIn = (tree: Short): Told[] => ('leaf' in tree ? [tree] : partsOf(tree).flatMap(thingsIn))

const wordsOf = (tree: Short, telling: Telling): string =>
  isSentence(tree) ? clause(tree, telling) : `${listIntro(tree, telling)}:\n${ended(marked(listOf(tree), telling, ''))}`

/** What a list tells: of much that is needed together the part that is told. */
function listOf(tree: Short): Group {
  if ('leaf' in tree) return { all: [tree] }
  const [first] = partsOf(tree)
  return 'all' in tree && tree.more && first ? listOf(first) : tree
}

/** What stands before a list: whether one of its parts is enough, and whether there would be more to it. */
function listIntro(tree: Short, { lang }: Telling, unlessAll: 'rulebook.list.any' | 'rulebook.list.ofAny' = 'rulebook.list.any'): string {
  const t = translators[lang]
  const allOf = 'all' in listOf(tree)
  const intro = t(allOf ? 'rulebook.list.all' : unlessAll)
  return 'all' in tree && tree.more ? t('rulebook.word.more', { what: intro }) : intro
}

/** The sentences of a list, the last without its stop. */
const ended = (lines: string[]): string => lines.map((line, at) => (line.endsWith(':') || at === lines.length - 1 ? line : `${line}.`)).join('\n')

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
const saysOne = (tree: Short): boolean => 'leaf' in tree && saidBy(tree.leaf) === 1

/**
 * A tree in sentences of plain Finnish; the first continues "if", the last has no stop. Several are told in lines, so that
 * nobody takes them for statements about the reader.
 */
function plainWords(tree: Short, telling: Telling): string {
  if ('leaf' in tree) return leafWords(tree.leaf, tree.negated, telling)
  if (partsOf(tree).length === 0) return plainly('any' in tree ? 'rulebook.word.never' : 'rulebook.word.always')
  if ('all' in tree && tree.more) {
    const [first] = tree.all
    return `${plainWords(first!, telling)}.${'leaf' in first! ? ' ' : '\n'}${plainly('rulebook.plain.more')}`
  }
  return ended([`${plainly(introOf(tree))}:`, ...marked(tree, telling, '')])
}

/** The parts of a tree, a line each. */
function marked(tree: Group, telling: Telling, indent: string): string[] {
  const parts = partsOf(tree)
  const ordered = 'all' in tree ? [...parts.filter((part) => 'leaf' in part), ...parts.filter((part) => !('leaf' in part))] : parts
  return ordered.flatMap((part) => {
    if ('leaf' in part) return [`${indent}– ${capital(leafWords(part.leaf, part.negated, telling))}`]
    return telling.plain ? markedPlainly(part, telling, indent)
      : isSentence(part) ? [`${indent}– ${capital(clause(part, telling))}`]
        : [`${indent}– ${capital(listIntro(part, telling))}:`, ...marked(listOf(part), telling, `${indent}  `)]
  })
}

function markedPlainly(part: Group, telling: Telling, indent: string): string[] {
  const [first, ...rest] = partsOf(part)
  if ('all' in part && first && 'leaf' in first) return [`${indent}– ${together(first, rest, part.more, telling)}`]
  // Of much that is needed together the first is told, and that is an alternative of its own.
  const [group, more] = 'all' in part && part.more && first && !('leaf' in first) ? [first, `. ${plainly('rulebook.plain.more')}`] : [part, '']
  return [`${indent}– ${capital(plainly(introOf(group)))}${more}:`, ...marked(group, telling, `${indent}  `)]
}

/** What is one alternative of several only as a whole. */
const together = (first: Told, rest: Short[], more: boolean | undefined, telling: Telling): string => [
  capital(leafWords(first.leaf, first.negated, telling)),
  ...rest.map((part) => plainly('rulebook.plain.together', { what: plainWords(part, telling) })),
  ...(more ? [plainly('rulebook.plain.more')] : []),
].join('. ')

const partsOf = (tree: Group): Short[] => ('all' in tree ? tree.all : tree.any)
const introOf = (tree: Group): 'rulebook.plain.all' | 'rulebook.plain.any' => ('all' in tree ? 'rulebook.plain.all' : 'rulebook.plain.any')
