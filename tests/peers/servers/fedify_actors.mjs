// The actors of the peer: a fedify server as its manual shows it, in memory; what reached it is kept in `received`.
import { createRequire } from 'node:module'
import path from 'node:path'

const root = path.resolve(process.env.PEERS ?? '.peers')
const require = createRequire(path.join(root, 'fedify', 'package.json'))
export const fedify = require('@fedify/fedify')
export const vocab = require('@fedify/fedify/vocab')
export const { Temporal } = require('@js-temporal/polyfill')
const { configureSync, getConsoleSink } = require('@logtape/logtape')
const { Accept, Activity, Create, Endpoints, Follow, Note, Person, Reject, Undo } = vocab

// FEDIFY_LOG=debug says why a signature was refused
const lowestLevel = process.env.FEDIFY_LOG ?? 'error'
configureSync({
  sinks: { console: getConsoleSink() },
  loggers: [
    { category: ['logtape', 'meta'], lowestLevel: 'error', sinks: ['console'] },
    { category: 'fedify', lowestLevel, sinks: ['console'] },
  ],
})

export const host = `${process.env.FEDIFY_HOST ?? '127.0.0.1'}:${process.env.FEDIFY_PORT ?? 8310}`
export const origin = `http://${host}`
export const first = (process.env.FEDIFY_ACTORS ?? 'bo,eva').split(',')
export const people = new Map() // name -> { follows, shared, keys, posts, followers }
export const received = [] // every activity whose signature held
export const rules = { secure: false }

// What fedify remembers: documents and keys of others (for minutes), which signature a host takes, what it has processed.
let memory = new fedify.MemoryKvStore()
const kv = {
  get: (key) => memory.get(key),
  set: (key, value, how) => memory.set(key, value, how),
  delete: (key) => memory.delete(key),
  cas: (key, before, after, how) => memory.cas(key, before, after, how),
}
export const forgetOthers = () => {
  memory = new fedify.MemoryKvStore()
}
export const knockFirst = (url, signature) => kv.set(['_fedify', 'httpMessageSignaturesSpec', new URL(url).origin], signature)

// fedify makes RSA keys of 4096 bits, for seconds. Who is there from the start has such; who comes later one like Mastodon's.
const RSA = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) }
const pairs = (name) =>
  Promise.all([
    first.includes(name) ? fedify.generateCryptoKeyPair(RSA.name) : crypto.subtle.generateKey(RSA, true, ['sign', 'verify']),
    fedify.generateCryptoKeyPair('Ed25519'),
  ])

export function person(name, wishes = {}) {
  if (!/^[a-z][a-z0-9_]*$/.test(name ?? '')) throw new Error(`no name of an actor: ${name}`)
  if (!people.has(name)) people.set(name, { follows: 'accept', shared: true, keys: null, posts: [], followers: new Map() })
  return Object.assign(people.get(name), wishes)
}

export function rotate(name) {
  person(name).keys = pairs(name)
  forgetOthers() // we remember our own documents too
}

export const federation = fedify.createFederation({ kv, origin, allowPrivateAddress: true })
export const context = () => federation.createContext(new URL(origin), null)

async function actor(ctx, name) {
  const known = people.get(name)
  if (!known) return null
  const keys = await ctx.getActorKeyPairs(name)
  return new Person({
    id: ctx.getActorUri(name),
    name: `${name} of fedify`,
    preferredUsername: name,
    inbox: ctx.getInboxUri(name),
    outbox: ctx.getOutboxUri(name),
    followers: ctx.getFollowersUri(name),
    endpoints: known.shared ? new Endpoints({ sharedInbox: ctx.getInboxUri() }) : null,
    publicKey: keys[0].cryptographicKey,
    assertionMethods: keys.map((pair) => pair.multikey),
  })
}

federation
  .setActorDispatcher('/users/{identifier}', actor)
  .setKeyPairsDispatcher((_, name) => (people.has(name) ? (people.get(name).keys ??= pairs(name)) : []))
  .mapHandle((_, name) => (people.has(name) ? name : null))
  .authorize(async (ctx) => !rules.secure || (await ctx.getSignedKeyOwner()) != null)

federation.setFollowersDispatcher('/users/{identifier}/followers', (_, name) =>
  people.has(name) ? { items: [...people.get(name).followers.values()] } : null,
)

federation.setOutboxDispatcher('/users/{identifier}/outbox', (ctx, name) =>
  people.has(name) ? { items: people.get(name).posts.map((post) => created(ctx, name, post)).reverse() } : null,
)

federation.setObjectDispatcher(Note, '/users/{identifier}/posts/{number}', (ctx, { identifier, number }) => {
  const post = people.get(identifier)?.posts[Number(number)]
  return post ? note(ctx, identifier, post) : null
})

const note = (ctx, name, post) =>
  new Note({
    id: ctx.getObjectUri(Note, { identifier: name, number: String(post.number) }),
    attribution: ctx.getActorUri(name),
    content: post.content,
    replyTarget: post.replyTo ? new URL(post.replyTo) : null,
    to: vocab.PUBLIC_COLLECTION,
    cc: ctx.getFollowersUri(name),
    published: post.at,
  })

export function created(ctx, name, post) {
  const object = note(ctx, name, post)
  return new Create({
    id: new URL('#create', object.id),
    actor: ctx.getActorUri(name),
    object,
    to: vocab.PUBLIC_COLLECTION,
    cc: ctx.getFollowersUri(name),
  })
}

federation
  .setInboxListeners('/users/{identifier}/inbox', '/inbox')
  .on(Activity, async (ctx, activity) => {
    received.push({
      at: new Date().toISOString(),
      type: vocab.getTypeId(activity).hash.slice(1) || vocab.getTypeId(activity).href.split('/').pop(),
      id: activity.id?.href ?? null,
      actor: activity.actorId?.href ?? null,
      to: ctx.recipient, // null: the shared inbox
      activity: ctx.data, // as it came
    })
    if (activity instanceof Follow) await followed(ctx, activity)
    if (activity instanceof Undo) unfollowed(activity)
  })

async function followed(ctx, follow) {
  const name = ctx.parseUri(follow.objectId)?.identifier
  const known = people.get(name)
  if (!known || known.follows === 'ignore') return
  const who = await follow.getActor(ctx)
  if (known.follows === 'accept') known.followers.set(who.id.href, who)
  const Answer = known.follows === 'accept' ? Accept : Reject
  const id = new URL(`/answers/${crypto.randomUUID()}`, origin)
  await ctx.sendActivity({ identifier: name }, who, new Answer({ id, actor: ctx.getActorUri(name), object: follow }))
}

function unfollowed(undo) {
  for (const known of people.values()) known.followers.delete(undo.actorId?.href)
}
