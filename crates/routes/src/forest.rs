//! Nested sets as intervals.
