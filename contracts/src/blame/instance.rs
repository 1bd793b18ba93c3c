//! The value that shows a breach.

use crate::{
    Direction, JsonInstance, Located, Revision, Sides,
    blame::{asking::Asking, trial::Cause},
    compare::question::SchemaQuestion,
};

/// The value, and who takes it.
pub(crate) fn witness(
    asking: &Asking<'_>,
    question: &SchemaQuestion,
    cause: &Cause,
) -> JsonInstance {
    let (accepted_by, refused_by) = match question.direction {
        Direction::ToProvider => (Revision::Base, Revision::Head),
        Direction::FromProvider => (Revision::Head, Revision::Base),
    };
    let address = |revision: Revision, at: &Option<Located>| {
        let at = at.as_ref()?;
        let file = asking.contract(revision).files.get(at.file.0 as usize)?;
        Some(format!("{}#{}", file.path, at.pointer))
    };
    JsonInstance {
        direction: question.direction,
        operation: question.operation.clone(),
        location: question.location.clone(),
        media_type: question.media_type.clone(),
        status: question.status.clone(),
        pointer: cause.pointer.as_str().to_owned(),
        instance: asking.value(cause.instance),
        accepted_by,
        refused_by,
        schema: Sides {
            base: address(Revision::Base, &question.base),
            head: address(Revision::Head, &question.head),
        },
    }
}
