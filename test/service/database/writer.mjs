// A client process of the kill test: writes until its input ends. It prints a line for every write that was acknowledged,
// and at its end what it counted. Arguments: URI, name of the writer.
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
    process.stdout.write('acknowledged\n');
  } catch (thrown) {
    error = String(thrown);
  }
}
await client.close();
process.stdout.write(`${JSON.stringify({ name, acknowledged, error })}\n`);
