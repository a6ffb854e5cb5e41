import { decodeTyped, encodeDocument, maxAnswerBytes, type BsonDocument } from './bson-document.ts';
import type { Reply } from './commands/command.ts';
import { maxMessageBytes } from './connection-commands.ts';
import { Long } from 'mongodb';
import { DatabaseError } from './database-error.ts';

/** Opcodes of the MongoDB wire protocol that drivers of today still send or expect. */
const opcode = { reply: 1, query: 2004, message: 2013 } as const;
const headerBytes = 16;
const checksumPresent = 1;
const moreToCome = 2;

/** A request as it came over the wire. */
export interface Request {
  readonly requestId: number;
  /** The old handshake form wants the old form of answer. */
  readonly form: 'message' | 'query';
  /** False when the client does not wait for an answer. */
  readonly wantsReply: boolean;
  /** The command; documents of an insert are left as bytes. */
  readonly body: BsonDocument;
}

/** Cuts a byte stream into messages: feed it chunks, it gives the whole messages in them. */
export function createMessageReader(): (chunk: Buffer) => Buffer[] {
  let chunks: Buffer[] = [];
  let held = 0;
  let needed = headerBytes;
  return (chunk) => {
    chunks.push(chunk);
    held += chunk.length;
    const messages: Buffer[] = [];
    while (held >= needed) {
      const joined = Buffer.concat(chunks);
      const length = joined.readInt32LE(0);
      if (length < headerBytes || length > maxMessageBytes) throw malformed(`a message of ${length} bytes`);
      needed = length;
      chunks = [joined];
      if (held < length) break;
      messages.push(joined.subarray(0, length));
      chunks = [joined.subarray(length)];
      held -= length;
      needed = headerBytes;
    }
    return messages;
  };
}

const malformed = (what: string): DatabaseError => new DatabaseError(9, 'FailedToParse', `Malformed request: ${what}`);

/** Reads a whole message; throws FailedToParse (9) for what is none of ours. */
export function readRequest(message: Buffer): Request {
  const requestId = message.readInt32LE(4);
  switch (message.readInt32LE(12)) {
    case opcode.query:
      // flags, zero-ended collection name, numbers to skip and to return, then the command
      return {
        requestId,
        form: 'query',
        wantsReply: true,
        body: decodeTyped(message.subarray(message.indexOf(0, 20) + 9)),
      };
    case opcode.message: {
      const flags = message.readUInt32LE(headerBytes);
      const end = (flags & checksumPresent) === 0 ? message.length : message.length - 4;
      const body = readSections(message.subarray(0, end), headerBytes + 4);
      return { requestId, form: 'message', wantsReply: (flags & moreToCome) === 0, body };
    }
    default:
      throw malformed(`opcode ${message.readInt32LE(12)}`);
  }
}

/** One body section (kind 0) and any number of document sequences (kind 1), which become array fields of the body. */
function readSections(message: Buffer, from: number): BsonDocument {
  let body: BsonDocument | undefined;
  const sequences: BsonDocument = {};
  for (let at = from; at < message.length;) {
    const kind = message[at];
    const length = message.readInt32LE(at + 1);
    const section = message.subarray(at + 1, at + 1 + length);
    if (section.length !== length || length < 5) throw malformed('a section longer than its message');
    if (kind === 0) body = decodeTyped(section);
    else if (kind === 1) Object.assign(sequences, readSequence(section));
    else throw malformed(`section kind ${String(kind)}`);
    at += 1 + length;
  }
  if (body === undefined) throw malformed('no body');
  return { ...body, ...sequences };
}

function readSequence(section: Buffer): BsonDocument {
  const nameEnd = section.indexOf(0, 4);
  const name = section.toString('utf8', 4, nameEnd);
  const documents: unknown[] = [];
  for (let at = nameEnd + 1; at < section.length;) {
    const length = section.readInt32LE(at);
    if (length < 5 || at + length > section.length) throw malformed('a document longer than its section');
    const bytes = section.subarray(at, at + length);
    // A copy: the bytes are stored, and must not keep the whole message alive.
    documents.push(name === 'documents' ? Buffer.from(bytes) : decodeTyped(bytes));
    at += length;
  }
  return { [name]: documents };
}

/** The bytes that answer a request. */
export function writeReply({ requestId, form }: Request, body: Buffer): Buffer {
  const fixed = form === 'query' ? 20 : 5;
  const head = Buffer.alloc(headerBytes + fixed);
  head.writeInt32LE(head.length + body.length, 0);
  head.writeInt32LE(requestId, 8);
  head.writeInt32LE(form === 'query' ? opcode.reply : opcode.message, 12);
  if (form === 'query') {
    head.writeInt32LE(8, headerBytes); // AwaitCapable, as every server since 2.6 says
    head.writeInt32LE(1, headerBytes + 16);
  }
  return Buffer.concat([head, body]);
}

/** The BSON of an answer; documents of a batch that are bytes already are copied, not encoded again. */
export function encodeReply(reply: Reply): Buffer {
  if ('fields' in reply) return encodeDocument({ ...reply.fields, ok: 1 }, maxAnswerBytes);
  const { documents, first, id, namespace } = reply.batch;
  const elements = documents.flatMap((document, at) => [
    Buffer.from(`\x03${at}\0`, 'latin1'),
    Buffer.isBuffer(document) ? document : encodeDocument(document),
  ]);
  const list = framed(elements);
  const name = Buffer.from(`\x04${first ? 'firstBatch' : 'nextBatch'}\0`, 'latin1');
  const cursor = framed([inner({ id: Long.fromBigInt(id), ns: namespace }), name, list]);
  return framed([Buffer.from('\x03cursor\0', 'latin1'), cursor, inner({ ok: 1 })]);
}

/** The elements of a document without its frame. */
const inner = (document: BsonDocument): Buffer => encodeDocument(document).subarray(4, -1);

/** A BSON document of elements: length, elements, zero. */
function framed(elements: readonly Buffer[]): Buffer {
  const length = elements.reduce((sum, element) => sum + element.length, 5);
  const head = Buffer.alloc(4);
  head.writeInt32LE(length);
  return Buffer.concat([head, ...elements, Buffer.from([0])], length);
}

/** The BSON of a refusal. */
export const encodeError = ({ message, code, codeName, fields }: DatabaseError): Buffer =>
  encodeDocument({ ok: 0, errmsg: message, code, codeName, ...fields });
