//! Credentials: what sufficed, and what suffices now.

use crate::{
    Direction, Evidence, Located, Rule, Spot,
    compare::{
        evidence::request,
        exchange::Special,
        work::{Cause, Pair, Work},
    },
    operations::{Credential, Requirement, Security, Wire},
};

/// Compares the requirements of two operations.
pub(crate) fn compare(work: &mut Work, pair: &Pair) {
    let (base, head) = (&pair.base.security, &pair.head.security);
    let (sent, asked) = pair.request.sides(base, head);
    let suffices = |it: &&Requirement| asked.alternatives.iter().any(|other| is_met(other, it));
    let refused: Vec<_> = sent.alternatives.iter().filter(|it| !suffices(it)).collect();
    if let Some(first) = refused.first() {
        let moved = refused.iter().find_map(|it| moved(it, &asked.alternatives));
        match moved {
            Some((from, to)) => move_(work, pair, first, (from, to)),
            None => refuse(work, pair, first, asked),
        }
        return;
    }
    weaker(work, pair, (base, head));
}

fn is_met(asked: &Requirement, sent: &Requirement) -> bool {
    asked.iter().all(|it| it.satisfied_by(sent))
}

/// One credential that is the same but for how it travels: of the same component, or a key of
/// the same name at another place.
fn moved<'a>(
    sent: &'a Requirement,
    asked: &'a [Requirement],
) -> Option<(&'a Credential, &'a Credential)> {
    let lacking = |other: &'a Requirement| {
        let mut missing = other.iter().filter(|it| !it.satisfied_by(sent));
        let only = missing.next()?;
        missing.next().is_none().then_some(only)
    };
    asked.iter().filter_map(lacking).find_map(|to| {
        let is_moved = |from: &&Credential| from.wire != to.wire && is_renamed(from, to);
        sent.iter().find(is_moved).map(|from| (from, to))
    })
}

fn is_renamed(from: &Credential, to: &Credential) -> bool {
    let is_same_key = match (&from.wire, &to.wire) {
        (Wire::Key(_, one), Wire::Key(_, other)) => one.eq_ignore_ascii_case(other),
        _ => false,
    };
    from.name == to.name || is_same_key
}

fn move_(work: &mut Work, pair: &Pair, sent: &Requirement, (from, to): (&Credential, &Credential)) {
    let (base, head) = pair.request.sides(from, to);
    let message =
        format!("`{}` was read {} and is read {} now", base.name, place(base), place(head));
    let (base, head) = (spot(base), spot(head));
    let subject = head.as_ref().or(base.as_ref());
    let subject = subject.map_or_else(
        || format!("{}#security", pair.label),
        |it| it.pointer.as_str().trim_start_matches('/').to_owned(),
    );
    let evidence = shown(work, pair, sent, (base.clone(), head.clone()));
    let Some(evidence) = evidence else { return };
    work.tell(Cause {
        rule: Rule::CredentialMoved,
        operation: &pair.label,
        subject,
        message,
        remedy: "read the credential at both places until everybody has moved".to_owned(),
        base,
        head,
        evidence,
    });
}

fn refuse(work: &mut Work, pair: &Pair, sent: &Requirement, asked: &Security) {
    let subject = match &asked.at {
        // One line for the whole contract is one cause.
        Some(at) if at.pointer.as_str() == "/security" => "security".to_owned(),
        _ => format!("{}#security", pair.label),
    };
    let wanted: Vec<_> = asked.alternatives.iter().map(named).collect();
    let message = match pair.request {
        Direction::ToProvider => {
            format!("{} does not suffice any more; {} does", named(sent), wanted.join(" or "))
        }
        Direction::FromProvider => {
            format!(
                "the event may come with {} only; receivers expect {}",
                named(sent),
                wanted.join(" or ")
            )
        }
    };
    let own = |it: &Security, owner: &Located| it.at.as_ref().unwrap_or(owner).spot();
    let base = Some(own(&pair.base.security, &pair.base.listed.at));
    let head = Some(own(&pair.head.security, &pair.head.listed.at));
    let evidence = shown(work, pair, sent, (base.clone(), head.clone()));
    let Some(evidence) = evidence else { return };
    work.tell(Cause {
        rule: Rule::CredentialsNoLongerEnough,
        operation: &pair.label,
        subject,
        message,
        remedy: format!("keep {} as an alternative in `security`", named(sent)),
        base,
        head,
        evidence,
    });
}

fn shown(
    work: &Work,
    pair: &Pair,
    sent: &Requirement,
    because: (Option<Spot>, Option<Spot>),
) -> Option<Evidence> {
    let special =
        Special { credentials: Some(sent), fixed: pair.fixed.clone(), ..Special::default() };
    request(work, pair, &special, because)
}

/// Fewer credentials suffice than before.
fn weaker(work: &mut Work, pair: &Pair, (base, head): (&Security, &Security)) {
    let is_old = |it: &Requirement| base.alternatives.iter().any(|other| is_met(other, it));
    let new = head.alternatives.iter().find(|it| !is_old(it));
    let Some(new) = new.filter(|_| pair.request == Direction::ToProvider) else { return };
    let owner = |it: &Security, owner: &Located| Some(it.at.as_ref().unwrap_or(owner).spot());
    work.tell(Cause {
        rule: Rule::InputWidened,
        operation: &pair.label,
        subject: format!("{}#security", pair.label),
        message: format!("{} suffices now", named(new)),
        remedy: "nothing to do".to_owned(),
        base: owner(base, &pair.base.listed.at),
        head: owner(head, &pair.head.listed.at),
        evidence: Evidence::Texts { base: None, head: Some(named(new).replace('`', "")) },
    });
}

fn spot(credential: &Credential) -> Option<Spot> {
    credential.at.as_ref().map(Located::spot)
}

/// As a message names it: `` `key` `` and `` `oauth` (scopes `read`) ``.
fn named(requirement: &Requirement) -> String {
    if requirement.is_empty() {
        return "a call without credentials".to_owned();
    }
    let one = |it: &Credential| {
        let scopes: Vec<_> = it.scopes.iter().map(|it| format!("`{it}`")).collect();
        let scopes = match scopes.as_slice() {
            [] => String::new(),
            [scope] => format!(" (scope {scope})"),
            _ => format!(" (scopes {})", scopes.join(", ")),
        };
        format!("`{}`{scopes}", it.name)
    };
    requirement.iter().map(one).collect::<Vec<_>>().join(" with ")
}

fn place(credential: &Credential) -> String {
    match &credential.wire {
        Wire::Key(place, name) => format!("as {} `{name}`", place.word()),
        Wire::Authorization(scheme) => format!("as `Authorization: {scheme}`"),
        Wire::MutualTls => "from the client certificate".to_owned(),
        Wire::Unknown(name) => format!("as `{name}`, which no scheme defines"),
    }
}
