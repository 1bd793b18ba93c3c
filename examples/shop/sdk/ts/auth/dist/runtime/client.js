// checks:sdk v1 7751e6024c4e1cabbe7ba75662f25477644b42a920044a77ef056e383ff1aefa
// What a client is, what a call takes, and what it results in. Only types: they cost nothing in a bundle.
export {};
