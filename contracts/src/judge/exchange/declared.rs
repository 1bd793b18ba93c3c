//! Whether an operation declares a location at all: for values that one side has no schema for.

use super::{Call, Reads, Side, media::Media};
use crate::{
    JsonInstance, Revision,
    judge::{instance::Shown, world::World},
};

impl World {
    /// Does a revision declare the location of a value?
    pub(in crate::judge) fn declares(&self, revision: Revision, instance: &JsonInstance) -> bool {
        let side = self.side(revision, false);
        let call = side.named(&instance.operation);
        call.is_some_and(|it| side.has_location(&it, instance))
    }
}

impl World {
    /// Does a revision know the member of a value that a witness names?
    pub(in crate::judge) fn reads_member(
        &self,
        revision: Revision,
        Shown { instance, value, pointer }: Shown<'_>,
    ) -> bool {
        let side = Side { is_exact: true, ..self.side(revision, false) };
        let locator = match revision {
            Revision::Base => &instance.schema.base,
            Revision::Head => &instance.schema.head,
        };
        let Some(at) = locator.as_ref().and_then(|it| side.texts.locate(it)) else { return false };
        let mut reads = Reads::new();
        side.members((&at, instance.direction), value, "", &mut reads);
        reads.contains_key(&format!("#{pointer}"))
    }
}

impl Side<'_> {
    fn has_location(self, call: &Call, instance: &JsonInstance) -> bool {
        let (place, name) = instance.location.split_once('.').unwrap_or((&instance.location, ""));
        match place {
            "status" => self.has_status(call, name),
            "body" => {
                let media = instance.media_type.as_deref().unwrap_or("*/*");
                let contents = self.request_contents(call);
                contents.iter().any(|it| Media::parse(it).covers(&Media::parse(media)))
            }
            _ => self.declared(call).iter().any(|it| {
                let is_place = it.place == place || (it.place == "formData" && place == "form");
                let is_header = place == "header";
                let is_named = it.name == name || is_header && it.name.eq_ignore_ascii_case(name);
                is_place && is_named || self.has_piece(it, &instance.location)
            }),
        }
    }

    /// `404.body` or `200.header.x-a`.
    fn has_status(self, call: &Call, location: &str) -> bool {
        let (status, part) = location.split_once('.').unwrap_or((location, ""));
        let Some(at) = status.parse().ok().and_then(|it| self.response_at(call, it)) else {
            return false;
        };
        match part.strip_prefix("header.") {
            Some(header) => {
                let names = self.texts.names(&at.child("headers"));
                let mut alike = names.iter().filter(|it| it.eq_ignore_ascii_case(header));
                alike.any(|it| {
                    let found = self.object(&at.child("headers").child(it));
                    found.is_some_and(|it| it.1.is_object())
                })
            }
            None => !self.response_contents(call, &at).is_empty(),
        }
    }
}
