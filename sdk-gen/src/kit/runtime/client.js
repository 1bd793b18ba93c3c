// What a client is, what a call takes, and what it results in. Only types: they cost nothing in a bundle.
export {};
