/** Says on stderr how far a long work is: a bar that grows on a terminal, a line every tenth elsewhere. */
export function progress(what: string, total: number): (done: number) => void {
  const start = performance.now()
  let told = 0
  return (done) => {
    const share = total === 0 ? 1 : done / total
    const line = `${done.toLocaleString('en')} of ${total.toLocaleString('en')} ${what}, ${Math.round((performance.now() - start) / 1000)} s`
    if (process.stderr.isTTY) process.stderr.write(`\r${'█'.repeat(Math.round(share * 30)).padEnd(30, '░')} ${line}${share >= 1 ? '\n' : ''}`)
    else if (share >= 1 || share - told >= 0.1) {
      told = share
      process.stderr.write(`${line}\n`)
    }
  }
}
