import type { RequestHandler, Router } from 'express'

type Layer = { route?: { path: unknown }; handle: { stack?: Layer[] } }

/** The first words of a router's paths; null when one of them could be anything. */
function firstWords(layers: readonly Layer[]): Set<string> | null {
  const words = new Set<string>()
  for (const { route, handle } of layers) {
    const inner = route ? [route.path].flat().map((path) => (typeof path === 'string' ? /^\/([\w.-]*)(?=\/|$)/.exec(path)?.[1] ?? null : null))
      : handle.stack ? [...(firstWords(handle.stack) ?? [null])] : [null]
    for (const word of inner) {
      if (word === null) return null
      words.add(word)
    }
  }
  return words
}

/**
 * A router that is only asked for paths that begin like one of its own. Express tries the routes of every router one after
 * the other: with a hundred of them that is a good part of a small request. Only for routers mounted at the root.
 */
export function onOwnPaths(router: Router): RequestHandler {
  const { stack } = router as unknown as { stack: Layer[] }
  const words = firstWords(stack)
  if (!words) return router
  const handler: RequestHandler = (req, res, next) => {
    const end = req.path.indexOf('/', 1)
    const word = req.path.slice(1, end < 0 ? undefined : end)
    // What is not spelt like our paths (capitals, escapes) is left to the router to judge.
    if (words.has(word) || !/^[a-z.-]*$/.test(word)) router(req, res, next)
    else next()
  }
  return Object.assign(handler, { stack })
}
