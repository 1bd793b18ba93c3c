//! Every kind of promise that a contract makes, and what its breach is called.

use kernel::Level;

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

/// Id, category, default level and promise of a rule.
type Row = (Rule, &'static str, Category, Level, &'static str);

const ROWS: &[Row] = &[
    (
        Rule::InputTypeNarrowed,
        "input-type-narrowed",
        Category::Wire,
        Level::Deny,
        "a value of this type was taken",
    ),
    (
        Rule::InputValueForbidden,
        "input-value-forbidden",
        Category::Wire,
        Level::Deny,
        "this constant was taken",
    ),
    (
        Rule::InputPropertyRequired,
        "input-property-required",
        Category::Wire,
        Level::Deny,
        "the object could do without it",
    ),
    (
        Rule::InputPropertyRefused,
        "input-property-refused",
        Category::Wire,
        Level::Deny,
        "the member was let in",
    ),
    (
        Rule::InputStringNarrowed,
        "input-string-narrowed",
        Category::Wire,
        Level::Deny,
        "this text was taken",
    ),
    (
        Rule::InputNumberNarrowed,
        "input-number-narrowed",
        Category::Wire,
        Level::Deny,
        "this number was taken",
    ),
    (
        Rule::InputArrayNarrowed,
        "input-array-narrowed",
        Category::Wire,
        Level::Deny,
        "this list was taken",
    ),
    (
        Rule::InputVariantRefused,
        "input-variant-refused",
        Category::Wire,
        Level::Deny,
        "this variant was taken",
    ),
    (
        Rule::OutputTypeWidened,
        "output-type-widened",
        Category::Wire,
        Level::Deny,
        "no value of this type came",
    ),
    (
        Rule::OutputValueUnannounced,
        "output-value-unannounced",
        Category::Wire,
        Level::Deny,
        "this constant did not come",
    ),
    (
        Rule::OutputPropertyNotGuaranteed,
        "output-property-not-guaranteed",
        Category::Wire,
        Level::Deny,
        "the object had it",
    ),
    (
        Rule::OutputPropertyUnannounced,
        "output-property-unannounced",
        Category::Wire,
        Level::Deny,
        "the member did not come",
    ),
    (
        Rule::OutputStringWidened,
        "output-string-widened",
        Category::Wire,
        Level::Deny,
        "no such text came",
    ),
    (
        Rule::OutputNumberWidened,
        "output-number-widened",
        Category::Wire,
        Level::Deny,
        "no such number came",
    ),
    (
        Rule::OutputArrayWidened,
        "output-array-widened",
        Category::Wire,
        Level::Deny,
        "no such list came",
    ),
    (
        Rule::OutputVariantUnannounced,
        "output-variant-unannounced",
        Category::Wire,
        Level::Deny,
        "no such variant came",
    ),
    (
        Rule::DiscriminatorTagLost,
        "discriminator-tag-lost",
        Category::Wire,
        Level::Deny,
        "this tag selects this type",
    ),
    (
        Rule::OperationRemoved,
        "operation-removed",
        Category::Wire,
        Level::Deny,
        "the address answers",
    ),
    (
        Rule::OperationShadowed,
        "operation-shadowed",
        Category::Wire,
        Level::Deny,
        "a request reaches this operation",
    ),
    (Rule::ServerRemoved, "server-removed", Category::Wire, Level::Deny, "the base URL is served"),
    (
        Rule::ParameterRequired,
        "parameter-required",
        Category::Wire,
        Level::Deny,
        "the call works without it",
    ),
    (
        Rule::ParameterMoved,
        "parameter-moved",
        Category::Wire,
        Level::Deny,
        "the value is read here",
    ),
    (Rule::InputUnread, "input-unread", Category::Wire, Level::Warn, "the value is read at all"),
    (
        Rule::ParameterSerializationChanged,
        "parameter-serialization-changed",
        Category::Wire,
        Level::Deny,
        "these characters mean this value",
    ),
    (
        Rule::RequestBodyRequired,
        "request-body-required",
        Category::Wire,
        Level::Deny,
        "the call works without a body",
    ),
    (
        Rule::RequestMediaTypeRefused,
        "request-media-type-refused",
        Category::Wire,
        Level::Deny,
        "this media type is read",
    ),
    (
        Rule::RequestEncodingChanged,
        "request-encoding-changed",
        Category::Wire,
        Level::Deny,
        "this part encoding is read",
    ),
    (
        Rule::ResponseStatusUnannounced,
        "response-status-unannounced",
        Category::Wire,
        Level::Deny,
        "only these statuses come",
    ),
    (
        Rule::ResponseSuccessRemoved,
        "response-success-removed",
        Category::Wire,
        Level::Deny,
        "the operation can succeed",
    ),
    (
        Rule::ResponseMediaTypeUnannounced,
        "response-media-type-unannounced",
        Category::Wire,
        Level::Deny,
        "only these media types come",
    ),
    (
        Rule::ResponseBodyMissing,
        "response-body-missing",
        Category::Wire,
        Level::Deny,
        "a body comes",
    ),
    (
        Rule::ResponseHeaderNotGuaranteed,
        "response-header-not-guaranteed",
        Category::Wire,
        Level::Deny,
        "the header comes",
    ),
    (
        Rule::CredentialsNoLongerEnough,
        "credentials-no-longer-enough",
        Category::Wire,
        Level::Deny,
        "these credentials suffice",
    ),
    (
        Rule::CredentialMoved,
        "credential-moved",
        Category::Wire,
        Level::Deny,
        "the credential is read here",
    ),
    (Rule::EventRemoved, "event-removed", Category::Wire, Level::Deny, "the event is delivered"),
    (
        Rule::ContractRemoved,
        "contract-removed",
        Category::Wire,
        Level::Deny,
        "the contract is kept",
    ),
    (
        Rule::OperationIdChanged,
        "operation-id-changed",
        Category::Sdk,
        Level::Warn,
        "the generated function keeps its name",
    ),
    (
        Rule::SchemaNameChanged,
        "schema-name-changed",
        Category::Sdk,
        Level::Warn,
        "the generated type keeps its name",
    ),
    (
        Rule::EnumOrderChanged,
        "enum-order-changed",
        Category::Sdk,
        Level::Warn,
        "the generated constants keep their order",
    ),
    (
        Rule::ParameterRenamed,
        "parameter-renamed",
        Category::Sdk,
        Level::Warn,
        "the generated argument keeps its name",
    ),
    (
        Rule::TagChanged,
        "tag-changed",
        Category::Sdk,
        Level::Warn,
        "the generated client keeps its group",
    ),
    (
        Rule::FormatChanged,
        "format-changed",
        Category::Sdk,
        Level::Warn,
        "the generated type keeps its format",
    ),
    (
        Rule::SuccessTypeChanged,
        "success-type-changed",
        Category::Sdk,
        Level::Warn,
        "the generated result keeps its type",
    ),
    (
        Rule::OutputPropertyRemoved,
        "output-property-removed",
        Category::Sdk,
        Level::Warn,
        "the generated type keeps its member",
    ),
    (
        Rule::OperationAdded,
        "operation-added",
        Category::Doc,
        Level::Note,
        "nothing new can be called",
    ),
    (
        Rule::OperationDeprecated,
        "operation-deprecated",
        Category::Doc,
        Level::Note,
        "the operation stays in use",
    ),
    (Rule::InputWidened, "input-widened", Category::Doc, Level::Note, "nothing more is taken"),
    (Rule::OutputNarrowed, "output-narrowed", Category::Doc, Level::Note, "nothing less comes"),
    (
        Rule::ErrorStatusAdded,
        "error-status-added",
        Category::Doc,
        Level::Note,
        "no new error is announced",
    ),
    (Rule::ContractAdded, "contract-added", Category::Doc, Level::Note, "no new contract is kept"),
    (Rule::TextChanged, "text-changed", Category::Doc, Level::Off, "the words stay"),
    (
        Rule::DefaultChanged,
        "default-changed",
        Category::Doc,
        Level::Warn,
        "what is left out means this value",
    ),
    (
        Rule::SunsetMissing,
        "sunset-missing",
        Category::Doc,
        Level::Deny,
        "a deprecation names its last day",
    ),
    (Rule::SunsetTooSoon, "sunset-too-soon", Category::Doc, Level::Deny, "there is time to move"),
    (
        Rule::StabilityLowered,
        "stability-lowered",
        Category::Doc,
        Level::Deny,
        "the promise of stability is kept",
    ),
    (
        Rule::VersionNotRaised,
        "version-not-raised",
        Category::Doc,
        Level::Warn,
        "the version tells what changed",
    ),
    (
        Rule::InvalidSchema,
        "invalid-schema",
        Category::Doc,
        Level::Warn,
        "the schema says what its author means",
    ),
    (
        Rule::AmbiguousDocument,
        "ambiguous-document",
        Category::Doc,
        Level::Note,
        "every reader reads the same",
    ),
];

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
