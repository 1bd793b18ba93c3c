// What an operation is made of. Whatever costs bytes is a function in it, so that a bundle has only what its operations use.
export {};
