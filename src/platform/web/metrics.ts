/** Counters in Prometheus' text format. Few and without labels that name a person or a place. */
const bounds = [5, 10, 25, 50, 100, 250, 500, 1000, 2500]

export function createMetrics() {
  const requests = new Map<string, number>()
  const buckets = bounds.map(() => 0)
  let [total, sum] = [0, 0]
  return {
    observe(method: string, status: number, ms: number): void {
      const key = `method="${method}",status="${status}"`
      requests.set(key, (requests.get(key) ?? 0) + 1)
      total++
      sum += ms
      bounds.forEach((bound, i) => {
        if (ms <= bound) buckets[i] = (buckets[i] ?? 0) + 1
      })
    },
    /** `gauges` are read by the caller at the moment of asking. */
    text(gauges: Record<string, number>): string {
      return [
        '# TYPE tilavuoro_requests_total counter',
        ...[...requests].map(([labels, n]) => `tilavuoro_requests_total{${labels}} ${n}`),
        '# TYPE tilavuoro_request_ms histogram',
        ...bounds.map((bound, i) => `tilavuoro_request_ms_bucket{le="${bound}"} ${buckets[i]}`),
        `tilavuoro_request_ms_bucket{le="+Inf"} ${total}`,
        `tilavuoro_request_ms_sum ${sum.toFixed(1)}`,
        `tilavuoro_request_ms_count ${total}`,
        ...Object.entries(gauges).flatMap(([name, value]) => [`# TYPE tilavuoro_${name} gauge`, `tilavuoro_${name} ${value}`]),
        '',
      ].join('\n')
    },
  }
}
export type Metrics = ReturnType<typeof createMetrics>
