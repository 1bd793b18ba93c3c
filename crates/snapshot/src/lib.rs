//! One revision of a repository.
