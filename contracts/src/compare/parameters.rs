//! Parameters: needed, moved, gone, written otherwise.

use kernel::Level;
use serde_json::Value;

use crate::{
    Direction, Evidence, Located, Revision, Rule, Spot,
    compare::{
        characters,
        evidence::request,
        exchange::{self, Special},
        lifecycle,
        sample::Sampler,
        work::{Cause, Pair, Work, subject},
        writing::{Where, Writing, ask, rewritten},
    },
    operations::{Fit, Operation, Parameter, Place},
};

/// Compares all parameters of two operations.
pub(crate) fn compare(work: &mut Work, pair: &Pair) {
    let (sender, receiver) = pair.request.sides(pair.base, pair.head);
    let lost = unpaired(sender, receiver);
    let new = unpaired(receiver, sender);
    let moves = moves(work, pair, &lost, &new);
    for (from, to) in &moves {
        moved(work, pair, from, to);
    }
    for parameter in &new {
        if parameter.required && !moves.iter().any(|it| it.1 == *parameter) {
            needed(work, pair, parameter, None);
        }
    }
    for parameter in &lost {
        if !moves.iter().any(|it| it.0 == *parameter) {
            unread(work, pair, parameter);
        }
    }
    for base in &pair.base.parameters {
        if let Some(head) = twin(pair, base) {
            both(work, pair, base, head);
        }
    }
    widened(work, pair, &new, &moves);
}

/// The parameter of head that reads what a parameter of base reads.
pub(crate) fn twin<'a>(pair: &'a Pair, base: &Parameter) -> Option<&'a Parameter> {
    let is_twin = |it: &&Parameter| match it.place {
        Place::Path => base.place == Place::Path && fits(pair, it, base),
        Place::Query | Place::Querystring | Place::Header | Place::Cookie | Place::Form => {
            it.key() == base.key()
        }
    };
    pair.head.parameters.iter().find(is_twin)
}

fn fits(pair: &Pair, head: &Parameter, base: &Parameter) -> bool {
    match pair.fits.get(&head.name) {
        Some(Fit::Parameter(name)) => *name == base.name,
        Some(Fit::Literal(_) | Fit::Pieces(_)) => false,
        None => head.name == base.name,
    }
}

/// Those of one side that the other does not have. Path parameters are matched with the address,
/// and fields of a form only with another form of fields.
fn unpaired<'a>(own: &'a Operation, other: &Operation) -> Vec<&'a Parameter> {
    let has = |it: &&Parameter| other.parameters.iter().any(|other| other.key() == it.key());
    let has_fields = other.body.iter().flat_map(|it| &it.contents).any(|it| it.has_fields);
    let is_comparable = |it: &&Parameter| match it.place {
        Place::Path => false,
        Place::Form => has_fields,
        Place::Query | Place::Querystring | Place::Header | Place::Cookie => true,
    };
    own.parameters.iter().filter(is_comparable).filter(|it| !has(it)).collect()
}

/// Parameters that vanished here and appeared there. The same name elsewhere is a move; another
/// name at the same place is one if the new one is needed and nothing else has its schema.
fn moves<'a>(
    work: &mut Work,
    pair: &Pair,
    lost: &[&'a Parameter],
    new: &[&'a Parameter],
) -> Vec<(&'a Parameter, &'a Parameter)> {
    let mut found: Vec<(&Parameter, &Parameter)> = Vec::new();
    for from in lost {
        let free = |it: &&&Parameter| !found.iter().any(|pair| pair.1 == **it);
        let elsewhere = |it: &&&Parameter| it.name.eq_ignore_ascii_case(&from.name);
        if let Some(to) = new.iter().filter(free).find(elsewhere) {
            found.push((from, to));
        }
    }
    let lost: Vec<_> = lost.iter().filter(|it| !found.iter().any(|pair| pair.0 == **it)).collect();
    let new: Vec<_> = new.iter().filter(|it| !found.iter().any(|pair| pair.1 == **it)).collect();
    if let ([from], [to]) = (lost.as_slice(), new.as_slice()) {
        let (base, head) = pair.request.sides(from, to);
        let is_alike = work.same_option(base.schema.as_ref(), head.schema.as_ref());
        let is_same_place = from.place == to.place && from.place != Place::Form;
        if is_same_place && is_alike && to.required && from.schema.is_some() {
            found.push((from, to));
        }
    }
    found
}

fn moved(work: &mut Work, pair: &Pair, from: &Parameter, to: &Parameter) {
    let is_call = pair.request == Direction::ToProvider;
    if !is_call && !to.required {
        return;
    }
    let reading = work.reading(pair.request.revisions().0);
    let sampler = Sampler { reading, direction: pair.request };
    // What no style can write is never sent, before or now.
    if from.content.is_none() && !sampler.can_send(from.schema.as_ref()) {
        return;
    }
    let (base, head) = pair.request.sides(from, to);
    let (was, is) = (place(base), place(head));
    let message = if is_call {
        format!("{was} is read as {is} now: whoever sends it the old way is not heard")
    } else {
        format!("{was} comes as {is} now: receivers look for it in vain")
    };
    let remedy = format!("keep reading {was} beside {is}, or move the operation to a new version");
    let evidence = sent(work, pair, from, Some(&head.at), base);
    let Some(evidence) = evidence else { return };
    tell(
        work,
        pair,
        base,
        Told { rule: Rule::ParameterMoved, message, remedy, evidence, at: Some(head.at.spot()) },
    );
}

/// A parameter that the receiver needs and the sender may leave out.
fn needed(work: &mut Work, pair: &Pair, parameter: &Parameter, sender: Option<&Parameter>) {
    let place = place(parameter);
    let here = Some(parameter.at.spot());
    let there = sender.map(|it| it.at.spot());
    let (base, head) = pair.request.sides(there, here);
    let evidence = without(work, pair, parameter, (base.clone(), head.clone()));
    let Some(evidence) = evidence else { return };
    let (rule, message, remedy) = match pair.request {
        Direction::ToProvider => (
            Rule::ParameterRequired,
            format!("calls need {place} now; those that work without it are refused"),
            format!("make {place} optional, with a default for those who do not send it"),
        ),
        Direction::FromProvider => (
            Rule::ResponseHeaderNotGuaranteed,
            format!("{place} need not come any more; receivers rely on it"),
            format!("keep sending {place} always"),
        ),
    };
    let subject = subject(&parameter.at.spot(), &pair.label, &parameter.location());
    let head = head.or_else(|| Some(pair.head.listed.at.spot()));
    work.tell(Cause {
        rule,
        operation: &pair.label,
        subject,
        message,
        remedy,
        base,
        head,
        evidence,
    });
}

/// A parameter that is sent and that nobody reads.
fn unread(work: &mut Work, pair: &Pair, parameter: &Parameter) {
    if pair.request == Direction::FromProvider {
        return;
    }
    let sampler = Sampler { reading: work.reading(Revision::Base), direction: pair.request };
    if parameter.content.is_none() && !sampler.can_send(parameter.schema.as_ref()) {
        return;
    }
    let place = place(parameter);
    let message = format!("{place} is not read any more: what callers send is ignored");
    let remedy = format!("keep {place}, or deprecate it with a sunset before it goes");
    let evidence = sent(work, pair, parameter, None, parameter);
    let Some(evidence) = evidence else { return };
    let is_over = lifecycle::is_over(work.base, &parameter.at, work.settings.now)
        || lifecycle::is_over(work.base, &pair.base.listed.at, work.settings.now);
    let cause = Cause {
        rule: Rule::InputUnread,
        operation: &pair.label,
        subject: subject(&parameter.at.spot(), &pair.label, &parameter.location()),
        message,
        remedy,
        base: Some(parameter.at.spot()),
        head: Some(pair.head.listed.at.spot()),
        evidence,
    };
    let level = if is_over { Level::Note } else { Rule::InputUnread.level() };
    work.tell_at(level, cause);
}

/// A parameter that both sides have.
fn both(work: &mut Work, pair: &Pair, base: &Parameter, head: &Parameter) {
    let (sender, receiver) = pair.request.sides(base, head);
    if receiver.required && !sender.required && receiver.place != Place::Path {
        needed(work, pair, receiver, Some(sender));
    }
    let reading = work.reading(pair.request.revisions().0);
    let writings = (Writing::of_parameter(sender), Writing::of_parameter(receiver));
    if let Some(change) = rewritten(reading, writings, pair.request) {
        let message = format!("{} is written otherwise now: {}", place(base), change.why);
        let remedy = "keep the serialization, or add a parameter of another name".to_owned();
        let sampler = Sampler { reading, direction: pair.request };
        // What no style can write is never sent, before or now.
        let schema = sender.schema.as_ref();
        let value = change.value.or_else(|| sampler.sendable(schema, change.shape));
        let Some(value) = value else { return };
        let because = (base.at.spot(), Some(head.at.spot()));
        let Some(evidence) = with(work, pair, (sender, value), because) else { return };
        let rule = Rule::ParameterSerializationChanged;
        tell(work, pair, base, Told { rule, message, remedy, evidence, at: Some(head.at.spot()) });
        return;
    }
    unlike(work, pair, base, head);
    let (direction, location) = (pair.request, base.location());
    let place = Where { operation: &pair.label, direction, location, status: None };
    ask(work, place, (Writing::of_parameter(base), Writing::of_parameter(head)));
}

/// Characters that are no longer let in, though the style is the same.
fn unlike(work: &mut Work, pair: &Pair, base: &Parameter, head: &Parameter) {
    let (sender, receiver) = pair.request.sides(base, head);
    let (accepts, refuses) = pair.request.revisions();
    let sides = ((work.reading(accepts), sender), (work.reading(refuses), receiver));
    let Some(lost) = characters::lost(sides.0, sides.1) else { return };
    let because = (base.at.spot(), Some(head.at.spot()));
    let evidence = with(work, pair, (sender, lost.value.clone()), because);
    let Some(mut evidence) = evidence else { return };
    if let (Evidence::Exchange(it), Some(value), true) =
        (&mut evidence, lost.value.as_str(), lost.is_raw)
    {
        it.request.url = characters::raw(&it.request.url, &sender.name, value);
    }
    let message = format!("{} is written otherwise now: {}", place(base), lost.why);
    let remedy = "keep the serialization, or add a parameter of another name".to_owned();
    let rule = Rule::ParameterSerializationChanged;
    tell(work, pair, base, Told { rule, message, remedy, evidence, at: Some(head.at.spot()) });
}

/// Optional parameters that are read now and were not before.
fn widened(work: &mut Work, pair: &Pair, new: &[&Parameter], moves: &[(&Parameter, &Parameter)]) {
    if pair.request == Direction::FromProvider {
        return;
    }
    let added = new.iter().filter(|it| !it.required && !moves.iter().any(|pair| pair.1 == **it));
    for parameter in added {
        let place = place(parameter);
        work.tell(Cause {
            rule: Rule::InputWidened,
            operation: &pair.label,
            subject: subject(&parameter.at.spot(), &pair.label, &parameter.location()),
            message: format!("{place} is read now"),
            remedy: "nothing to do".to_owned(),
            base: Some(pair.base.listed.at.spot()),
            head: Some(parameter.at.spot()),
            evidence: Evidence::Texts { base: None, head: Some(parameter.location()) },
        });
    }
}

/// As a message names it: ``query parameter `limit` ``.
pub(crate) fn place(parameter: &Parameter) -> String {
    let kind = match parameter.place {
        Place::Path => "path parameter",
        Place::Query => "query parameter",
        Place::Querystring => "the query string as",
        Place::Header => "header",
        Place::Cookie => "cookie",
        Place::Form => "form field",
    };
    format!("{kind} `{}`", parameter.name)
}

struct Told {
    rule: Rule,
    message: String,
    remedy: String,
    evidence: Evidence,
    at: Option<Spot>,
}

fn tell(work: &mut Work, pair: &Pair, base: &Parameter, told: Told) {
    let Told { rule, message, remedy, evidence, at } = told;
    work.tell(Cause {
        rule,
        operation: &pair.label,
        subject: subject(&base.at.spot(), &pair.label, &base.location()),
        message,
        remedy,
        base: Some(base.at.spot()),
        head: at,
        evidence,
    });
}

/// A request that has a parameter, with a sample of its schema.
fn sent(
    work: &Work,
    pair: &Pair,
    parameter: &Parameter,
    head: Option<&Located>,
    base: &Parameter,
) -> Option<Evidence> {
    let reading = work.reading(pair.request.revisions().0);
    let sampler = Sampler { reading, direction: pair.request };
    let value = sampler.present(parameter.schema.as_ref());
    with(work, pair, (parameter, value), (base.at.spot(), head.map(Located::spot)))
}

fn with(
    work: &Work,
    pair: &Pair,
    parameter: (&Parameter, Value),
    because: (Spot, Option<Spot>),
) -> Option<Evidence> {
    let special = Special {
        media: form_media(pair, parameter.0),
        parameters: vec![parameter],
        fixed: pair.fixed.clone(),
        ..Special::default()
    };
    request(work, pair, &special, (Some(because.0), because.1))
}

/// A form field travels in a form.
fn form_media<'a>(
    pair: &'a Pair,
    parameter: &Parameter,
) -> Option<(&'a crate::operations::Media, String)> {
    let (sender, _) = pair.request.sides(pair.base, pair.head);
    let body = sender.body.as_ref().filter(|_| parameter.place == Place::Form)?;
    let media = body.contents.first()?;
    Some((media, exchange::media_name(media, &body.contents)))
}

/// A request that lacks a parameter; a form that lacks a field has another one, if there is one.
fn without(
    work: &Work,
    pair: &Pair,
    parameter: &Parameter,
    because: (Option<Spot>, Option<Spot>),
) -> Option<Evidence> {
    let (accepts, _) = pair.request.revisions();
    let (sender, _) = pair.request.sides(pair.base, pair.head);
    let is_other = |it: &&Parameter| it.place == Place::Form && it.name != parameter.name;
    let other = sender.parameters.iter().find(is_other).filter(|_| parameter.place == Place::Form);
    let sampler = Sampler { reading: work.reading(accepts), direction: pair.request };
    let value = |it: &'_ Parameter| sampler.present(it.schema.as_ref());
    let special = Special {
        media: form_media(pair, parameter),
        parameters: other.map(|it| (it, value(it))).into_iter().collect(),
        fixed: pair.fixed.clone(),
        ..Special::default()
    };
    request(work, pair, &special, because)
}
