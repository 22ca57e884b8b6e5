import { existsSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** The project's folder, whether the code runs from src/ or from dist/src/. */
function find(): string {
  let folder = path.dirname(fileURLToPath(import.meta.url))
  while (!existsSync(path.join(folder, 'package.json'))) {
    const up = path.dirname(folder)
    if (up === folder) throw new Error('package.json not found above the program')
    folder = up
  }
  return folder
}

const base = find()
export const root = (...parts: string[]): string => path.join(base, ...parts)
