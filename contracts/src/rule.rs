//! Every kind of promise that a contract makes, and what its breach is called.

mod rows;

use kernel::Level;

use self::rows::{ROWS, Row};
use crate::Category;

/// One kind of promise. The order is the order of blame: where two fit, the earlier one is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// Promise: a value of this type was taken.
    InputTypeNarrowed,
    /// Promise: this constant was taken.
    InputValueForbidden,
    /// Promise: the object could do without it.
    InputPropertyRequired,
    /// Promise: the member was let in.
    InputPropertyRefused,
    /// Promise: this text was taken.
    InputStringNarrowed,
    /// Promise: this number was taken.
    InputNumberNarrowed,
    /// Promise: this list was taken.
    InputArrayNarrowed,
    /// Promise: this variant was taken.
    InputVariantRefused,
    /// Promise: no value of this type came.
    OutputTypeWidened,
    /// Promise: this constant did not come.
    OutputValueUnannounced,
    /// Promise: the object had it.
    OutputPropertyNotGuaranteed,
    /// Promise: the member did not come.
    OutputPropertyUnannounced,
    /// Promise: no such text came.
    OutputStringWidened,
    /// Promise: no such number came.
    OutputNumberWidened,
    /// Promise: no such list came.
    OutputArrayWidened,
    /// Promise: no such variant came.
    OutputVariantUnannounced,
    /// Promise: this tag selects this type.
    DiscriminatorTagLost,
    /// Promise: the address answers.
    OperationRemoved,
    /// Promise: a request reaches this operation.
    OperationShadowed,
    /// Promise: the base URL is served.
    ServerRemoved,
    /// Promise: the call works without it.
    ParameterRequired,
    /// Promise: the value is read here.
    ParameterMoved,
    /// Promise: the value is read at all.
    InputUnread,
    /// Promise: these characters mean this value.
    ParameterSerializationChanged,
    /// Promise: the call works without a body.
    RequestBodyRequired,
    /// Promise: this media type is read.
    RequestMediaTypeRefused,
    /// Promise: this part encoding is read.
    RequestEncodingChanged,
    /// Promise: only these statuses come.
    ResponseStatusUnannounced,
    /// Promise: the operation can succeed.
    ResponseSuccessRemoved,
    /// Promise: only these media types come.
    ResponseMediaTypeUnannounced,
    /// Promise: a body comes.
    ResponseBodyMissing,
    /// Promise: the header comes.
    ResponseHeaderNotGuaranteed,
    /// Promise: these credentials suffice.
    CredentialsNoLongerEnough,
    /// Promise: the credential is read here.
    CredentialMoved,
    /// Promise: the event is delivered.
    EventRemoved,
    /// Promise: the contract is kept.
    ContractRemoved,
    /// Promise: the generated function keeps its name.
    OperationIdChanged,
    /// Promise: the generated type keeps its name.
    SchemaNameChanged,
    /// Promise: the generated constants keep their order.
    EnumOrderChanged,
    /// Promise: the generated argument keeps its name.
    ParameterRenamed,
    /// Promise: the generated client keeps its group.
    TagChanged,
    /// Promise: the generated type keeps its format.
    FormatChanged,
    /// Promise: the generated result keeps its type.
    SuccessTypeChanged,
    /// Promise: the generated type keeps its member.
    OutputPropertyRemoved,
    /// Promise: nothing new can be called.
    OperationAdded,
    /// Promise: the operation stays in use.
    OperationDeprecated,
    /// Promise: nothing more is taken.
    InputWidened,
    /// Promise: nothing less comes.
    OutputNarrowed,
    /// Promise: no new error is announced.
    ErrorStatusAdded,
    /// Promise: no new contract is kept.
    ContractAdded,
    /// Promise: the words stay.
    TextChanged,
    /// Promise: what is left out means this value.
    DefaultChanged,
    /// Promise: a deprecation names its last day.
    SunsetMissing,
    /// Promise: there is time to move.
    SunsetTooSoon,
    /// Promise: the promise of stability is kept.
    StabilityLowered,
    /// Promise: the version tells what changed.
    VersionNotRaised,
    /// Promise: the schema says what its author means.
    InvalidSchema,
    /// Promise: every reader reads the same.
    AmbiguousDocument,
}

impl Rule {
    /// All of them, in the order of blame.
    pub fn all() -> impl Iterator<Item = Self> {
        ROWS.iter().map(|it| it.0)
    }

    fn row(self) -> Option<&'static Row> {
        ROWS.get(self as usize)
    }

    /// The id, as reports and `checks.toml` write it.
    #[must_use]
    pub fn id(self) -> &'static str {
        self.row().map_or("", |it| it.1)
    }

    /// Whom the breach reaches.
    #[must_use]
    pub fn category(self) -> Category {
        self.row().map_or(Category::Doc, |it| it.2)
    }

    /// What a finding does, unless the project says otherwise.
    #[must_use]
    pub fn level(self) -> Level {
        self.row().map_or(Level::Deny, |it| it.3)
    }

    /// The promise that is broken, as half a sentence.
    #[must_use]
    pub fn promise(self) -> &'static str {
        self.row().map_or("", |it| it.4)
    }

    /// The rule of an id.
    #[must_use]
    pub fn named(id: &str) -> Option<Self> {
        Self::all().find(|it| it.id() == id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_rule_stands_in_its_own_row() {
        for (idx, rule) in Rule::all().enumerate() {
            assert_eq!(rule as usize, idx, "{}", rule.id());
            assert_eq!(Rule::named(rule.id()), Some(rule));
        }
        assert_eq!(Rule::all().count(), 58);
    }
}
