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

pub(crate) use address::{Address, Fit};
pub(crate) use body::{Body, Media};
pub(crate) use effective::{Operation, expand};
pub(crate) use listed::{Event, Listed, callbacks, calls, webhooks};
pub(crate) use media::MediaRange;
pub(crate) use parameter::{Parameter, Place, serialization};
pub(crate) use response::{Header, Response, Status, headers};
pub(crate) use security::{Credential, Requirement, Security, Wire};
pub(crate) use server::Server;
pub(crate) use sight::Reading;
