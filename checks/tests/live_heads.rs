//! The live probe against a server on loopback: what it accepts, refuses and withholds.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a panic is a failing test")]

use std::{
    io::{Read as _, Write as _},
    net::TcpListener,
    thread,
};

use checks::{
    config::{LiveExpectation, LiveHead},
    route_audit::live::{LiveHeads, Seen, SeenOutcome},
};
use kernel::{Place, RepoPath, Side};
use serde_json::json;

/// Answers as many requests as there are answers, in order, and tells where.
fn serve(answers: Vec<String>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        for answer in answers {
            let (mut stream, _) = listener.accept().unwrap();
            let mut request = [0; 4096];
            drop(stream.read(&mut request));
            drop(stream.write_all(answer.as_bytes()));
        }
    });
    format!("http://127.0.0.1:{port}/x")
}

fn answer(head: &str, body: &str) -> String {
    let length = body.len();
    format!("HTTP/1.1 {head}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}")
}

fn ask(url: String, expect: LiveExpectation) -> Seen {
    let place = Place::start_of(&RepoPath::new("checks.toml").unwrap());
    let head = LiveHead { url, expect, place, side: Side::Head };
    LiveHeads::ask(&[head]).0.remove(0)
}

fn good(body: &str, expect: LiveExpectation) -> Seen {
    ask(serve(vec![answer("200 OK", body)]), expect)
}

fn bound() -> LiveExpectation {
    LiveExpectation::Json { pointer: Some("/ai_bound".to_owned()), equals: Some(json!(true)) }
}

#[test]
fn key_sets_are_public_whole_and_not_empty() {
    let cases = [
        (r#"{"keys":[{"kty":"EC","kid":"a","x":"1","y":"2"}]}"#, None),
        (r#"{"keys":[]}"#, Some("no key")),
        (r#"{"key":[]}"#, Some("no `keys`")),
        (r#"{"keys":[{"kty":"EC"}]}"#, Some("a key without `kty` or `kid`")),
        (r#"{"keys":[{"kty":"EC","kid":"a","d":"private"}]}"#, Some("a private key")),
        ("no JSON", Some("something else")),
    ];
    for (body, fault) in cases {
        let seen = good(body, LiveExpectation::Jwks);
        match (fault, &seen.outcome) {
            (None, SeenOutcome::AsExpected) => (),
            (Some(fault), SeenOutcome::Differs { found, .. }) => assert_eq!(found, fault, "{body}"),
            (_, outcome) => panic!("{body}: {outcome:?}"),
        }
        assert_eq!(seen.head.is_none(), body.contains("private"), "a private key is withheld");
    }
}

#[test]
fn json_is_compared_at_its_pointer() {
    assert_eq!(good(r#"{"ai_bound":true}"#, bound()).outcome, SeenOutcome::AsExpected);
    for body in [r#"{"ai_bound":false}"#, "{}", "true", ""] {
        let outcome = good(body, bound()).outcome;
        assert!(matches!(outcome, SeenOutcome::Differs { .. }), "{body}: {outcome:?}");
    }
    let failed = ask(serve(vec![answer("503 No", r#"{"ai_bound":true}"#)]), bound());
    assert!(matches!(failed.outcome, SeenOutcome::Differs { .. }), "a status counts too");
}

#[test]
fn one_redirect_on_the_same_host_is_followed() {
    let to = |location: &str| answer(&format!("302 Found\r\nLocation: {location}"), "");
    let last = answer("200 OK", r#"{"ai_bound":true}"#);
    let same = ask(serve(vec![to("/y"), last.clone()]), bound());
    assert_eq!(same.outcome, SeenOutcome::AsExpected);
    let twice = ask(serve(vec![to("/y"), to("/z"), last]), bound());
    assert!(matches!(twice.outcome, SeenOutcome::Differs { .. }), "{:?}", twice.outcome);
    let other = ask(serve(vec![to("http://localhost:1/y")]), bound());
    let refused = SeenOutcome::NotReachable("a redirect to another host".to_owned());
    assert_eq!(other.outcome, refused, "it is not even asked");
}

#[test]
fn nobody_there_is_not_reachable_and_secrets_are_withheld() {
    let gone = ask("http://127.0.0.1:9/".to_owned(), bound());
    assert!(matches!(gone.outcome, SeenOutcome::NotReachable(_)));
    let foreign = ask("http://shop.example/".to_owned(), bound());
    let refused = "only https, or http on loopback, is asked".to_owned();
    assert_eq!(foreign.outcome, SeenOutcome::NotReachable(refused), "plain http stays at home");
    for secret in [format!("ghp_{}", "a1B2".repeat(9)), "who@shop.example".to_owned()] {
        let seen = good(&format!(r#"{{"ai_bound":true,"x":"{secret}"}}"#), bound());
        assert_eq!((seen.outcome, seen.head), (SeenOutcome::AsExpected, None), "{secret}");
    }
}
