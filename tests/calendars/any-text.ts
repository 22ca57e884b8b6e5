import fc from 'fast-check'

const between = (from: number, to: number) => fc.integer({ min: from, max: to }).map((code) => String.fromCharCode(code))

/** Text with far more control characters, separators and halves of characters than anybody would type. */
export const anyText = fc.string({
  unit: fc.oneof(
    between(0, 0xa0), between(0x2026, 0x202e), between(0xd800, 0xdfff), between(0, 0xffff),
    fc.constantFrom('\r\n', ';', ',', '\\', ':', '"', 'ä', '😀', '👨‍👩‍👧', 'END:VEVENT', 'BEGIN:VEVENT', ' '),
  ),
  maxLength: 120,
})
