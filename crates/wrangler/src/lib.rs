//! What wrangler would read.
