// Reads mails, as base64 in a JSON list on standard input, with a parser that has nothing to do with Python's; writes what it finds.
import { createRequire } from "node:module";

const { default: PostalMime } = createRequire(`${process.argv[2]}/`)("postal-mime");

const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const mails = JSON.parse(Buffer.concat(chunks).toString()).map((mail) => Buffer.from(mail, "base64"));
process.stdout.write(JSON.stringify(await Promise.all(mails.map((mail) => PostalMime.parse(mail)))));
