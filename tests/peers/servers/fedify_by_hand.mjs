// Signatures made by hand (draft-cavage, as Mastodon sends them), right and wrong, and a crowd of actors too many to verify each.
import crypto from 'node:crypto'
import { host, origin } from './fedify_actors.mjs'

const TYPE = 'application/activity+json'
const DAY = 24 * 60 * 60 * 1000

// Each is one thing wrong; `none` is right, so that a refusal is because of the wrong.
const FAULTS = {
  none: {},
  broken: { broken: true },
  digest: { digestOf: '{}' },
  undigested: { names: ['(request-target)', 'host', 'date'] },
  old: { date: new Date(0) },
  moved: { path: '/elsewhere' },
  unsigned: { unsigned: true },
  other: {}, // its key is another's
}
export const kinds = Object.keys(FAULTS)

const sha256 = (text) => `SHA-256=${crypto.createHash('sha256').update(text).digest('base64')}`

function headersOf(url, body, keyId, key, fault) {
  const date = fault.date ? new Date(Date.now() - DAY) : new Date()
  const values = {
    '(request-target)': `post ${fault.path ?? url.pathname}`,
    host: url.host,
    date: date.toUTCString(),
    digest: sha256(fault.digestOf ?? body),
    'content-type': TYPE,
  }
  const { '(request-target)': _, ...headers } = values
  if (fault.unsigned) return headers
  const names = fault.names ?? Object.keys(values)
  const text = names.map((name) => `${name}: ${values[name]}`).join('\n')
  const bytes = crypto.sign('sha256', Buffer.from(text), key)
  if (fault.broken) bytes[7] ^= 1
  const signature = `keyId="${keyId}",algorithm="rsa-sha256",headers="${names.join(' ')}",signature="${bytes.toString('base64')}"`
  return { ...headers, signature }
}

export async function post(inbox, activity, keyId, key, kind = 'none') {
  const body = JSON.stringify(activity)
  const headers = headersOf(new URL(inbox), body, keyId, key, FAULTS[kind])
  const answer = await fetch(inbox, { method: 'POST', headers, body, redirect: 'manual' })
  return { status: answer.status, text: (await answer.text()).slice(0, 300) }
}

export const follow = (actor, object) => ({
  '@context': 'https://www.w3.org/ns/activitystreams',
  id: `${actor}#follow-${crypto.randomUUID()}`,
  type: 'Follow',
  actor,
  object,
})

// --- the crowd: /users/many-0 to many-9999, one key pair for all, an inbox for each
const keys = crypto.generateKeyPairSync('rsa', { modulusLength: 2048 })
const publicKeyPem = keys.publicKey.export({ type: 'spki', format: 'pem' })
const SIZE = 10_000
const ADDRESS = /^\/users\/(many-(\d{1,4}))(\/inbox)?$/
let took = [] // { inbox, id, type }
let refused = 0
export const forgetCrowd = () => {
  took = []
  refused = 0
}

export function ofCrowd(method, pathname) {
  const found = ADDRESS.exec(pathname)
  if (!found || (method === 'POST') !== (found[3] === '/inbox')) return null
  return { name: found[1], inbox: method === 'POST' }
}

export function documentOf(name) {
  const id = `${origin}/users/${name}`
  return {
    '@context': ['https://www.w3.org/ns/activitystreams', 'https://w3id.org/security/v1'],
    id,
    type: 'Person',
    preferredUsername: name,
    name,
    inbox: `${id}/inbox`,
    outbox: `${id}/outbox`,
    followers: `${id}/followers`,
    publicKey: { id: `${id}#main-key`, owner: id, publicKeyPem },
  }
}

export function webfingerOf(resource) {
  const [, name] = /^acct:(many-\d{1,4})@(.+)$/.exec(resource ?? '') ?? []
  if (resource !== `acct:${name}@${host}`) return null
  return { subject: resource, links: [{ rel: 'self', type: TYPE, href: `${origin}/users/${name}` }] }
}

function digestHolds(headers, body) {
  const plain = crypto.createHash('sha256').update(body).digest('base64')
  return headers.digest === `SHA-256=${plain}` || headers['content-digest'] === `sha-256=:${plain}:`
}

// Cheap on purpose: the digest and that there is a signature, not whether it holds.
export function take(name, headers, body) {
  if (!headers.signature || !digestHolds(headers, body)) {
    refused += 1
    return 401
  }
  const { id, type } = JSON.parse(body)
  took.push({ inbox: name, id, type })
  return 202
}

export function counted(type) {
  const some = took.filter((one) => !type || one.type === type)
  const once = new Set(some.map((one) => `${one.inbox} ${one.id}`))
  const types = Object.groupBy(some, (one) => one.type)
  return {
    inboxes: new Set(some.map((one) => one.inbox)).size,
    received: some.length,
    twice: some.length - once.size,
    refused,
    types: Object.fromEntries(Object.entries(types).map(([name, list]) => [name, list.length])),
  }
}

export async function crowdFollows(actor, inbox, count, first = 0, atOnce = 8) {
  if (first + count > SIZE) throw new Error(`the crowd ends at many-${SIZE - 1}`)
  const statuses = {}
  let next = first
  const walk = async () => {
    while (next < first + count) {
      const id = `${origin}/users/many-${next++}`
      const { status } = await post(inbox, follow(id, actor), `${id}#main-key`, keys.privateKey)
      statuses[status] = (statuses[status] ?? 0) + 1
    }
  }
  await Promise.all(Array.from({ length: atOnce }, walk))
  return { statuses }
}
