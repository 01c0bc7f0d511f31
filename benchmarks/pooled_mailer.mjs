// What a pooled Node mailer does with the same letters to the same sink: node pooled_mailer.mjs PORT COUNT
import { performance } from "node:perf_hooks";
import nodemailer from "nodemailer";

const [port, count] = process.argv.slice(2).map(Number);
const mailer = nodemailer.createTransport({
  host: "127.0.0.1",
  port,
  secure: false,
  ignoreTLS: true,
  pool: true,
  maxConnections: 8,
  maxMessages: Infinity,
});

// Two bodies that together with the headers make a letter of about 4 KB, as ours is.
const words = "A pattern of missed appointments is information about a child's life. ";
const letter = (number) => ({
  from: '"Bench Safeguarding Children Board" <bench@board.example.org>',
  to: `"Rowan Number${number}" <rowan@a${number}.example>`,
  replyTo: `bench+reply-${number}@board.example.org`,
  subject: `Learning: please share it with your teams [bench-${number}]`,
  headers: { "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "OOF, AutoReply" },
  text: `Dear Rowan,\n\n${words.repeat(18)}\n\nhttps://cascade.example.org/a/${number}\n`,
  html: `<p>Dear Rowan,</p><p>${words.repeat(26)}</p><p><a href="https://cascade.example.org/a/${number}">Answer</a></p>`,
});

const started = performance.now();
let next = 0;
let sent = 0;
const one = async () => {
  while (next < count) {
    await mailer.sendMail(letter(next++));
    sent++;
  }
};
await Promise.all(Array.from({ length: 64 }, one));
const seconds = (performance.now() - started) / 1000;
mailer.close();
console.log(JSON.stringify({ letters_per_s: Math.round((sent / seconds) * 10) / 10, sent }));
