//! The gates: each is a set of rules behind one required check.

/// What is fixed about a gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gate {
    /// Its name, as in `--gate` and `checks.toml`.
    pub id: &'static str,
    /// One sentence: the question it answers.
    pub summary: &'static str,
    /// How its proofs are named; nothing for a gate that writes none of its own.
    pub proof_name: Option<&'static str>,
}

/// The gate that is always on.
pub const POLICY: &str = "policy";

/// The gate of route patterns and their owners.
pub const ROUTE_AUDIT: &str = "route-audit";

/// The gate of contracts and their consumers.
pub const CONTRACT_GATE: &str = "contract-gate";

/// The gate of generated SDKs and of those who import them.
pub const SDK_SYNC: &str = "sdk-sync";

/// All gates, by name.
pub static GATES: &[Gate] = &[
    Gate {
        id: CONTRACT_GATE,
        summary: "does every exchange that was valid under base stay valid under head?",
        proof_name: Some("contract-gate"),
    },
    Gate {
        id: POLICY,
        summary: "is what judges this repository readable, and not weakened unseen?",
        proof_name: None,
    },
    Gate {
        id: ROUTE_AUDIT,
        summary: "does every public URL have exactly one owner, the one we meant?",
        proof_name: Some("api-route-audit"),
    },
    Gate {
        id: SDK_SYNC,
        summary: "is each SDK what its contract yields, and does everything that imports it compile?",
        proof_name: Some("sdk-sync"),
    },
];

/// The gate of this name.
#[must_use]
pub fn find(id: &str) -> Option<&'static Gate> {
    GATES.iter().find(|it| it.id == id)
}
