// Every request the peer makes passes here: it stays on loopback, in plain http, and is written down in `asked`.
export const asked = []
const real = globalThis.fetch
const ON_LOOPBACK = /^(127\.\d+\.\d+\.\d+|localhost|\[::1\])$/

export const signatureOf = (headers) =>
  headers.get('signature-input') ? 'rfc9421' : headers.get('signature') ? 'draft-cavage' : 'none'

globalThis.fetch = async (input, init) => {
  let request = new Request(input, init)
  const url = new URL(request.url)
  if (!ON_LOOPBACK.test(url.hostname)) throw new TypeError(`not on loopback: ${url.href}`)
  if (url.protocol === 'https:') {
    url.protocol = 'http:' // WebFinger of acct: knows https alone
    request = new Request(url, { headers: request.headers, redirect: request.redirect, signal: request.signal })
  }
  const entry = { at: new Date().toISOString(), method: request.method, url: url.href, signature: signatureOf(request.headers) }
  asked.push({ ...entry, headers: Object.fromEntries(request.headers), status: null })
  const kept = asked.at(-1)
  try {
    const answer = await real(request)
    kept.status = answer.status
    return answer
  } catch (error) {
    kept.status = error.cause?.code ?? error.message
    throw error
  }
}
