use kernel::Node;

use crate::parse::{Bounds, SyntaxError};

/// Parses one YAML 1.2 document.
pub fn parse_yaml(text: &str) -> Result<Node, SyntaxError> {
    parse(text, &Bounds::DEFAULT)
}

pub(super) fn parse(_text: &str, _bounds: &Bounds) -> Result<Node, SyntaxError> {
    Err(SyntaxError::new(kernel::Span::default(), "not yet"))
}
