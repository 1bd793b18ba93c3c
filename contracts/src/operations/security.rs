//! What credentials suffice, by what travels on the wire.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    Located,
    operations::{Place, Reading},
};

/// How a credential travels. The name of its component takes no part.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Wire {
    /// A key at a place under a name.
    Key(Place, String),
    /// A scheme of `Authorization`, lower case; `oauth2` and `openIdConnect` are `bearer`.
    Authorization(String),
    /// A client certificate.
    MutualTls,
    /// A scheme that nobody defines, by its name.
    Unknown(String),
}

/// One scheme of a requirement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credential {
    /// The name of the component.
    pub name: String,
    /// How it travels.
    pub wire: Wire,
    /// The scopes or roles that it needs.
    pub scopes: BTreeSet<String>,
    /// The resolved scheme object.
    pub at: Option<Located>,
}

/// Schemes that are needed together; none of them is anonymous access.
pub type Requirement = Vec<Credential>;

/// The requirements of an operation: one of them suffices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Security {
    /// Where it is written: the member `security` of the operation or of the contract.
    pub at: Option<Located>,
    /// One of them suffices.
    pub alternatives: Vec<Requirement>,
}

impl Credential {
    /// Does a sender of `sent` satisfy it?
    #[must_use]
    pub fn satisfied_by(&self, sent: &[Credential]) -> bool {
        sent.iter().any(|it| it.wire == self.wire && self.scopes.is_subset(&it.scopes))
    }
}

/// The effective requirement: the operation's, else the contract's, else none.
pub(crate) fn security(reading: Reading, operation: &Located) -> Security {
    let own = reading.member(operation, "security");
    let at = own.or_else(|| reading.member(&reading.contract.root(), "security"));
    let alternatives = at.as_ref().map(|it| alternatives(reading, it)).unwrap_or_default();
    if alternatives.is_empty() {
        return Security { at, alternatives: vec![Vec::new()] };
    }
    Security { at, alternatives }
}

fn alternatives(reading: Reading, at: &Located) -> Vec<Requirement> {
    let schemes = schemes(reading);
    let credential = |(name, scopes): (&str, _)| {
        let text = |it: &_| reading.store.as_str(*it).map(ToOwned::to_owned);
        let scopes = reading.store.items(scopes).iter().filter_map(text).collect();
        let at = schemes.get(name).cloned();
        let wire = at.as_ref().and_then(|it| wire(reading, it));
        let wire = wire.unwrap_or_else(|| Wire::Unknown(name.to_owned()));
        Credential { name: name.to_owned(), wire, scopes, at }
    };
    let requirement = |it: &_| reading.store.members(*it).map(credential).collect();
    reading.store.items(at.node).iter().map(requirement).collect()
}

/// All schemes that the contract defines, by their names.
#[must_use]
pub fn security_schemes(reading: Reading) -> BTreeMap<String, Wire> {
    let of = |name: &String, at: &Located| wire(reading, at).unwrap_or(Wire::Unknown(name.clone()));
    schemes(reading).into_iter().map(|(name, at)| (name.clone(), of(&name, &at))).collect()
}

fn schemes(reading: Reading) -> BTreeMap<String, Located> {
    let root = reading.contract.root();
    let all = if reading.is_swagger() {
        reading.members_of(&root, "securityDefinitions")
    } else {
        let components = reading.member(&root, "components");
        components.map(|it| reading.members_of(&it, "securitySchemes")).unwrap_or_default()
    };
    all.into_iter().map(|(name, at)| (name, reading.resolved(at))).collect()
}

fn wire(reading: Reading, at: &Located) -> Option<Wire> {
    let authorization = |it: &str| Wire::Authorization(it.to_ascii_lowercase());
    Some(match reading.text(at, "type")? {
        "apiKey" => {
            let name = reading.text(at, "name").unwrap_or_default();
            match reading.text(at, "in")? {
                "query" => Wire::Key(Place::Query, name.to_owned()),
                "cookie" => Wire::Key(Place::Cookie, name.to_owned()),
                "header" => Wire::Key(Place::Header, name.to_ascii_lowercase()),
                _ => return None,
            }
        }
        "basic" => authorization("basic"),
        "http" => authorization(reading.text(at, "scheme").unwrap_or("bearer")),
        "oauth2" | "openIdConnect" => authorization("bearer"),
        "mutualTLS" => Wire::MutualTls,
        _ => return None,
    })
}
