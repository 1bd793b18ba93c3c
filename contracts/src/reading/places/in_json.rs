use kernel::Span;

use crate::reading::{
    json::Scanner,
    places::{Places, Wanted},
};

/// Looks for all wanted values; what follows a fault of the text is not found.
pub(super) fn find(text: &str, wanted: &Wanted<'_>, found: &mut [Option<Places>]) {
    let mut search = Search { scanner: Scanner::new(text), found };
    search.value(wanted, None);
}

struct Search<'a> {
    scanner: Scanner<'a>,
    found: &'a mut [Option<Places>],
}

impl Search<'_> {
    /// Goes as deep as the pointers do, which is bounded.
    fn value(&mut self, wanted: &Wanted<'_>, key: Option<Span>) -> Option<()> {
        self.scanner.skip_space();
        let start = self.scanner.position();
        match self.scanner.peek() {
            Some(b'{') if !wanted.below.is_empty() => self.object(wanted)?,
            Some(b'[') if !wanted.below.is_empty() => self.list(wanted)?,
            _ => self.scanner.skip_value()?,
        }
        let value = Span { start, end: self.scanner.position() };
        for idx in &wanted.here {
            if let Some(it) = self.found.get_mut(*idx) {
                *it = Some(Places { key, value });
            }
        }
        Some(())
    }

    fn object(&mut self, wanted: &Wanted<'_>) -> Option<()> {
        self.scanner.skip_byte();
        if self.scanner.take_after_space(b'}') {
            return Some(());
        }
        loop {
            let name = self.scanner.name().ok()?;
            match wanted.below.get(&*name.decoded().0) {
                Some(below) => {
                    // The last member of a name is the one that counts.
                    self.forget(below);
                    self.value(below, Some(name.span))?;
                }
                None => self.scanner.skip_value()?,
            }
            if !self.scanner.comma_or(b'}').ok()? {
                return Some(());
            }
        }
    }

    fn list(&mut self, wanted: &Wanted<'_>) -> Option<()> {
        self.scanner.skip_byte();
        if self.scanner.take_after_space(b']') {
            return Some(());
        }
        for idx in 0_usize.. {
            match wanted.below.get(&*idx.to_string()) {
                Some(below) => self.value(below, None)?,
                None => self.scanner.skip_value()?,
            }
            if !self.scanner.comma_or(b']').ok()? {
                break;
            }
        }
        Some(())
    }

    fn forget(&mut self, wanted: &Wanted<'_>) {
        for idx in &wanted.here {
            if let Some(it) = self.found.get_mut(*idx) {
                *it = None;
            }
        }
        for below in wanted.below.values() {
            self.forget(below);
        }
    }
}
