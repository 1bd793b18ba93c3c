//! Generated SDKs: they parse, they are what TypeScript itself would emit, and their guards say
//! what JSON Schema says.

mod agreement;
mod emit;
mod peers;
mod sample;
mod syntax;
