// A client process of the kill test: says that it writes, writes until its input ends, and tells what was acknowledged.
// Arguments: URI, name of the writer.
import { MongoClient } from 'mongodb';

const [uri, name] = process.argv.slice(2);
let stopped = false;
process.stdin.resume().once('end', () => {
  stopped = true;
});
const client = await MongoClient.connect(uri);
const db = client.db();
let acknowledged = 0;
let error = '';
while (!stopped && error === '') {
  try {
    await db.collection('rows').insertOne({ writer: name, n: acknowledged });
    await db.collection('counters').updateOne({ _id: name }, { $inc: { n: 1 } }, { upsert: true });
    acknowledged += 1;
    if (acknowledged === 1) process.stdout.write('writing\n');
  } catch (thrown) {
    error = String(thrown);
  }
}
await client.close();
process.stdout.write(`${JSON.stringify({ name, acknowledged, error })}\n`);
