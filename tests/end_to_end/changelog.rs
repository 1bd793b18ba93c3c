//! `contract changelog`: what changed, for people, in three forms.

use crate::{
    binary::{Answer, Checks},
    repository::Repository,
};

const BASE: &str = "\
openapi: 3.1.0
info: {title: 'Shop <&>', version: 1.0.0}
paths:
  /orders:
    post:
      summary: Orders.
      requestBody:
        content:
          application/json:
            schema: {type: object, properties: {sku: {type: string}}}
      responses: {'204': {description: done}}
";

fn changelog(words: &str) -> Answer {
    let folder = Repository::bare_folder();
    folder.write("old.yaml", BASE);
    let head = BASE.replace("{type: string}", "{type: string, minLength: 2}");
    folder.write("new.yaml", head.replace("Orders.", "Orders *one* <b>."));
    let command = Checks::within(folder.path());
    command.words(&format!("contract changelog old.yaml new.yaml {words}")).run()
}

#[test]
fn breaks_come_first_and_each_has_its_witness() {
    let text = changelog("--format markdown").expect(0).stdout;
    assert_eq!(changelog("").stdout, text, "markdown is what it writes unasked");
    let place = |it: &str| text.find(it).unwrap_or_else(|| panic!("no `{it}` in\n{text}"));
    assert!(place("**BREAKING**") < place("`text-changed`"));
    assert!(text.contains("Smallest sufficient bump: major"), "{text}");
    assert!(text.contains("POST /orders  {\"sku\":\""), "{text}");
}

#[test]
fn the_page_has_no_scripts_and_nothing_of_a_contract_becomes_markup() {
    let page = changelog("--format html").expect(0).stdout;
    assert!(page.starts_with("<!doctype html>"));
    assert!(page.contains("Shop &lt;&amp;&gt;"), "{page}");
    for foreign in ["<script", "http:", "https:", "<b>", "src="] {
        assert!(!page.contains(foreign), "{foreign}");
    }
}

#[test]
fn data_says_the_same_and_other_formats_are_refused() {
    let data = changelog("--format json").expect(0).json();
    assert_eq!(data["schema"], "checks-changelog/v1");
    assert_eq!((&data["bump"], &data["breaking"]), (&"major".into(), &1.into()));
    assert_eq!(data["groups"][0]["changes"][0]["rule"], "input-string-narrowed");
    let refused = changelog("--format sarif").expect(2);
    assert!(refused.stderr.contains("markdown, html or json"), "{}", refused.stderr);
}
