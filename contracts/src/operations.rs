//! What a contract promises, operation by operation: references followed, defaults filled in,
//! everything inherited put where it applies. One form for all versions of OpenAPI.

mod address;
mod body;
mod effective;
mod listed;
mod media;
mod parameter;
mod response;
mod security;
mod server;
mod sight;

pub(crate) use address::{Address, Fit, Piece, filled};
pub use body::{Body, Media};
pub use effective::{Operation, expand};
pub use listed::{Event, Listed, callbacks, calls, webhooks};
pub use media::MediaRange;
pub(crate) use parameter::serialization;
pub use parameter::{Parameter, Place};
pub use response::{Header, Response, Status, headers};
pub use security::{Credential, Requirement, Security, Wire, security_schemes};
pub use server::{Origin, Server};
pub use sight::Reading;

pub use crate::compare::question::{Serialization, Style};
