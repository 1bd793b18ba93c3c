//! The two schemes of the web, and sets of them.

/// A scheme that a Worker can answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scheme {
    /// `https`, first because a witness prefers it.
    Https,
    /// `http`.
    Http,
}

/// The schemes that a pattern takes; never none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Schemes {
    /// Only `https`.
    Https,
    /// Only `http`.
    Http,
    /// The pattern names no scheme.
    Both,
}

impl Scheme {
    /// The name in front of `://`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Https => "https",
            Self::Http => "http",
        }
    }
}

impl Schemes {
    /// Is the scheme in the set?
    #[must_use]
    pub fn take(self, scheme: Scheme) -> bool {
        match self {
            Self::Https => scheme == Scheme::Https,
            Self::Http => scheme == Scheme::Http,
            Self::Both => true,
        }
    }

    /// What two sets have in common.
    #[must_use]
    pub fn meet(self, other: Self) -> Option<Self> {
        match (self, other) {
            (Self::Both, _) => Some(other),
            (_, Self::Both) => Some(self),
            _ => (self == other).then_some(self),
        }
    }

    /// Does the set hold all of the other?
    #[must_use]
    pub fn contain(self, other: Self) -> bool {
        self == Self::Both || self == other
    }

    /// The schemes of the set, `https` first.
    pub fn iter(self) -> impl Iterator<Item = Scheme> {
        [Scheme::Https, Scheme::Http].into_iter().filter(move |scheme| self.take(*scheme))
    }

    /// The scheme that a witness uses: `https` unless only `http` is taken.
    #[must_use]
    pub fn preferred(self) -> Scheme {
        match self {
            Self::Https | Self::Both => Scheme::Https,
            Self::Http => Scheme::Http,
        }
    }
}
