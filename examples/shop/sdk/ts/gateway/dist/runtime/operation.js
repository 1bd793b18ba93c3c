// checks:sdk v1 4f4780bed45b62c38a90d2f56df51b6e7206cb94664dafd8e8c95df657aa1397
// What an operation is made of. Whatever costs bytes is a function in it, so that a bundle has only what its operations use.
export {};
