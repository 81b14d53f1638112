// A worker of a Node that knows no other option than the size of its heap: such a Node ends with 9 at once.
if (process.execArgv.some((option) => !option.startsWith('--max-old-space-size='))) process.exit(9);
await import('./fault-worker.mjs');
