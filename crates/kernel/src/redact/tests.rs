use super::{looks_secret, redact};

/// Hidden wherever they stand: alone, in quotes, assigned, at the end of a sentence.
fn hidden(secret: &str) {
    for (text, expected) in [
        (secret.to_owned(), "<redacted>"),
        (format!("value `{secret}` at line 3"), "value `<redacted>` at line 3"),
        (format!("it is {secret}."), "it is <redacted>."),
        (format!("key={secret}"), "key=<redacted>"),
        (format!("{{\"key\":\"{secret}\"}}"), "{\"key\":\"<redacted>\"}"),
        (format!("ünï — {secret}, {secret}"), "ünï — <redacted>, <redacted>"),
    ] {
        assert_eq!(redact(&text), expected, "{text}");
    }
    assert!(looks_secret(secret), "{secret}");
}

#[test]
fn words_shaped_like_a_secret_are_hidden() {
    let random = "Zx9kQ2mVb7LpR4tYw8NcD3fGh6JsA1uEoIyTqXz5Hb1Wd0Ku";
    let first = |n: usize| &random[..n];
    for secret in [
        format!("ghp_{}", first(36)),
        format!("gho_{}", first(36)),
        format!("ghs_{}", first(36)),
        format!("github_pat_11ABCDEFG0{}_{}", first(12), first(40)),
        format!("glpat-{}", first(20)),
        "Zx9_kQ2mVb7LpR4tYw8NcD3fGh6JsA1uEoIyTqXz".to_owned(),
        "Vb-7LpR4tYw8-NcD3fGh6Js-A1uEoIyTqXz5_Hb1".to_owned(),
        "0123456789abcdef0123456789abcdef01234".to_owned(),
        format!("v1.0-{}-{}", "0a1b2c".repeat(4), "0a1b2c3d".repeat(18)),
        "AKIAIOSFODNN7EXAMPLE".to_owned(),
        "ASIAIOSFODNN7EXAMPLE".to_owned(),
        "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY".to_owned(),
        format!("AIza{}", first(35)),
        format!("ya29.{}", first(40)),
        "xoxb-123456789012-123456789012-abcdefghijklmnopqrstuvwx".to_owned(),
        "xapp-1-A0123456789-1234567890123-abcdef".to_owned(),
        format!("sk_live_{}", first(24)),
        format!("rk_test_{}", first(24)),
        format!("whsec_{}", first(32)),
        format!("npm_{}", first(36)),
        format!("pypi-AgEIcHlwaS5vcmc{}", first(40)),
        format!("sk-{}", first(48)),
        format!("sk-proj-{}", first(48)),
        format!("sk-ant-api03-{}-{}", first(40), first(20)),
        "sk-abcdefghijklmnopqrstuvwxyz123456".to_owned(),
        format!("SG.{}.{}", first(22), first(43)),
        format!("hf_{}", first(34)),
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl".to_owned(),
        "q8w7e6r5t4y3u2i1o0p9a8s7d6f5g4h3j2k1".to_owned(),
    ] {
        hidden(&secret);
    }
}

#[test]
fn what_stands_around_a_secret_gives_it_away() {
    for (text, expected) in [
        ("https://user:pass@host.example/x", "https://<redacted>@host.example/x"),
        ("https://u:p@ss@host.example", "https://<redacted>@host.example"),
        (
            "a `postgres://app:hunter2@db.example:5432/x?y` b",
            "a `postgres://<redacted>@db.example:5432/x?y` b",
        ),
        ("https://:secret@host.example", "https://<redacted>@host.example"),
        ("Authorization: Bearer abc123", "Authorization: Bearer <redacted>"),
        ("authorization: bearer mF_9.B5f-4.1JqM.", "authorization: bearer <redacted>."),
        ("Basic dXNlcjpwYXNzd29yZA==", "Basic <redacted>"),
        ("-----BEGIN RSA PRIVATE KEY-----\nMII", "<redacted>"),
        ("a -----BEGIN PRIVATE KEY-----\nMIIEv\n-----END PRIVATE KEY----- b", "a <redacted> b"),
        (
            "-----BEGIN OPENSSH PRIVATE KEY-----\\nb3Bl\\n-----END OPENSSH PRIVATE KEY-----\"",
            "<redacted>\"",
        ),
        (
            "---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----\nx\n---- END SSH2 ENCRYPTED PRIVATE KEY ---- y",
            "<redacted> y",
        ),
        (
            "-----BEGIN A-----\n-----END A----- x -----BEGIN B-----\n-----END B-----",
            "<redacted> x <redacted>",
        ),
    ] {
        assert_eq!(redact(text), expected, "{text}");
    }
}

#[test]
fn what_reports_are_about_stays() {
    for text in [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "c61b6bbd6d1a3fbef0a1db9d1e1e9d8d0f6b7a1c",
        "023e105f4ecef8ad9ca31a8372d0c353",
        "`9a7b330c-c23f-4a0e-9c1a-0123456789AB`",
        "9A7B330C-C23F-4A0E-9c1a-0123456789ab",
        "https://jobs.customer-0123456789.example.com/Some/Long/Path/x*",
        "https://git@host.example/x and ssh://git@host.example:22/x",
        "https://host.example:8443/a@b:c",
        "route-claimed-twice in Apps2024/Service-Number-42-Production/wrangler.toml",
        "apps/Service42/wranglerConfigs/Production2/myComponent",
        "InternationalizationServiceWorker2024Production",
        "sk-worker-production-api-gateway-europe",
        "npm_config_update_notifier_interval",
        "task-scheduler-v2-production-2024-europe-west4",
        "api-gateway-production-7d9f8b6c5d-x2x4z.account.workers.dev",
        "main.4f3a2b1c9d8e7f6a5b4c3d2e1f0a9b8c.js",
        "the bearer of bad news; basic authentication; Bearer token; Basic Authentication",
        "AKIA, ASIAPACIFICREGIONPRODUCTION and eyJ",
        "v1.0-beta-with-a-long-name-of-its-own-here",
        "2027-03-31T12:00:00Z, 1970-01-01T00:00:00.000000Z",
        "a_very_long_snake_case_name_of_a_variable_2",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "--------------------------------------------------------",
    ] {
        assert_eq!(redact(text), text);
        assert!(!looks_secret(text), "{text}");
    }
}

#[test]
fn redaction_is_done_once() {
    let text = "https://u:p@h.example Bearer abc123 AKIAIOSFODNN7EXAMPLE -----BEGIN X-----";
    let once = redact(text).into_owned();
    assert_eq!(redact(&once), once);
}

/// A quadratic search would need minutes for these.
#[test]
fn a_long_text_takes_linear_time() {
    for part in [
        "sk-",
        "://",
        "a:b@",
        "eyJ",
        "-----BEGIN ",
        "-----END ",
        "bearer ",
        "AKIA",
        "basic",
        "a.",
        "/a1B",
    ] {
        let text = part.repeat(300_000 / part.len());
        assert!(redact(&text).len() <= 2 * text.len(), "{part}");
    }
}
