//! What blame asks the engine, and what it remembers of the answers.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::{
    Answer, Located, Store,
    blame::position::{Position, Side},
    inclusion::{KeywordClass, Schema, SchemaId, Schemas},
};
