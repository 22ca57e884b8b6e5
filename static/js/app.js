/* What the pages do quicker when JavaScript runs. Nothing here is needed for anything. */
'use strict'

/** Copy buttons: `data-copy` names the input that holds the text. They are hidden until this runs. */
const readyCopies = (root) => {
  for (const button of root.querySelectorAll('[data-copy][hidden]')) button.hidden = !navigator.clipboard
}

/** File choosers: `data-fills` names the field that takes the file's text. They are hidden until this runs. */
for (const chooser of document.querySelectorAll('[data-chooser][hidden]')) chooser.hidden = false
document.addEventListener('change', async ({ target }) => {
  const [file] = target.dataset.fills ? target.files : []
  if (file) document.querySelector(target.dataset.fills).value = await file.text()
})

document.addEventListener('click', async (event) => {
  const button = event.target.closest('[data-copy]')
  if (button) {
    const words = button.querySelector('span') ?? button
    const before = words.textContent
    const input = document.querySelector(button.dataset.copy)
    input.select()
    await navigator.clipboard.writeText(input.value)
    words.textContent = button.dataset.done
    announce(button.dataset.done)
    setTimeout(() => { words.textContent = before }, 3000)
  }
  for (const menu of document.querySelectorAll('details.account[open]')) if (!menu.contains(event.target)) menu.open = false
})

document.addEventListener('keydown', (event) => {
  const menu = event.key === 'Escape' && document.querySelector('details.account[open]')
  if (!menu) return
  menu.open = false
  menu.querySelector('summary').focus()
})

/** Says a sentence to a screen reader without moving the focus. */
const announce = (text) => {
  const place = document.getElementById('announce')
  if (place) place.textContent = text
}

/** No answer came, or a broken one: what was asked stays in the form, and the page says so. */
const sayLost = (isLost) => {
  const note = document.getElementById('lost')
  if (!note || note.hidden === !isLost) return
  note.hidden = !isLost
  if (isLost) announce(note.querySelector('p').textContent)
}
document.addEventListener('htmx:error', (event) => sayLost(Boolean(event.detail.ctx)))
document.addEventListener('htmx:before:response', (event) => {
  if (event.detail.ctx.response.status < 500) return
  event.preventDefault()
  sayLost(true)
})

document.addEventListener('htmx:after:swap', () => {
  sayLost(false)
  readyCopies(document)
  const news = document.querySelector('[data-announce]')
  if (news) announce(news.dataset.announce)
})

/** A form is sent once, also when the button is pressed twice in a bad connection. */
document.addEventListener('submit', (event) => {
  const form = event.target
  if (form.method !== 'post' || event.defaultPrevented) return
  if (form.dataset.sent) event.preventDefault()
  form.dataset.sent = '1'
  setTimeout(() => { delete form.dataset.sent }, 4000)
})

readyCopies(document)
