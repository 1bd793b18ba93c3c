//! `checks sdk`: what is written, what is left alone, what is told.

use std::{collections::BTreeMap, fs, io::Write as _, path::Path, process::Stdio};

use serde_json::{Value, json};

use crate::{
    binary::{Answer, Checks},
    repository::Repository,
};

/// A contract with one operation and these schemas.
pub(crate) fn contract(schemas: &Value) -> String {
    let order = json!({"$ref": "#/components/schemas/Order"});
    let item = if schemas.get("Order").is_some() { order } else { json!({}) };
    let body = json!({
        "openapi": "3.1.0", "info": {"title": "Shop", "version": "1.0.0"},
        "servers": [{"url": "https://api.shop.example"}],
        "paths": {"/orders": {"get": {"operationId": "listOrders",
            "responses": {"200": {"description": "orders", "content": {"application/json": {
                "schema": {"type": "array", "items": item}}}}}}}},
        "components": {"schemas": schemas},
    });
    format!("{body:#}\n")
}

pub(crate) fn orders() -> String {
    contract(&json!({"Order": {"type": "object", "required": ["sku"],
                               "properties": {"sku": {"type": "string"}}}}))
}

/// A repository with one contract, not committed, without any SDK.
fn shop() -> Repository {
    let repository = Repository::new();
    repository.write("contracts/shop.openapi.json", orders());
    repository
}

fn generate(repository: &Repository, words: &str) -> Answer {
    repository.checks(&format!("sdk generate {words}")).run()
}

/// Path and text of every file below a folder.
fn tree(folder: &Path) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        if path.is_dir() {
            files.extend(tree(&path).into_iter().map(|(it, text)| (format!("{name}/{it}"), text)));
        } else {
            files.insert(name, fs::read_to_string(&path).expect("a text"));
        }
    }
    files
}

fn service(answer: &Answer) -> Value {
    answer.json()["sdk"]["services"][0].clone()
}

#[test]
fn an_sdk_is_written_once() {
    let repository = shop();
    let first = generate(&repository, "--format json").expect(0);
    let told = service(&first);
    assert_eq!((&told["service"], &told["package"]), (&json!("shop"), &json!("shop-sdk")));
    assert_eq!(told["out"], "sdk/ts/shop");
    let files = tree(&repository.at("sdk/ts/shop"));
    let written: Vec<&str> = told["files"]["written"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it.as_str().unwrap())
        .collect();
    assert_eq!(files.keys().map(String::as_str).collect::<Vec<_>>(), written);
    assert!(written.contains(&"src/index.ts") && written.contains(&"sdk.lock.json"));
    let second = generate(&repository, "--format json").expect(0);
    let told = service(&second);
    assert_eq!(told["files"], json!({"written": [], "removed": [], "unchanged": files.len()}));
    let human = generate(&repository, "").expect(0);
    let expected = format!("1 schema; 0 files written, {} unchanged\n", files.len());
    assert!(
        human.stdout.starts_with("shop: ") && human.stdout.contains(&expected),
        "{}",
        human.stdout
    );
}

#[test]
fn what_is_unchanged_is_not_opened_for_writing() {
    let repository = shop();
    generate(&repository, "").expect(0);
    let time = |path: &str| fs::metadata(repository.at(path)).unwrap().modified().unwrap();
    let long_ago = std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000_000);
    let files = tree(&repository.at("sdk/ts/shop"));
    for path in files.keys() {
        let file =
            fs::File::options().write(true).open(repository.at(&format!("sdk/ts/shop/{path}")));
        file.unwrap().set_modified(long_ago).unwrap();
    }
    let wider = contract(&json!({"Order": {"type": "object"}, "Zebra": {"type": "string"}}));
    repository.write("contracts/shop.openapi.json", wider);
    let told = service(&generate(&repository, "--format json").expect(0));
    let written = told["files"]["written"].as_array().unwrap();
    for path in files.keys() {
        let is_old = time(&format!("sdk/ts/shop/{path}")) == long_ago;
        assert_eq!(is_old, !written.contains(&json!(path)), "{path}");
    }
    assert!(!written.contains(&json!("package.json")), "{written:?}");
}

#[test]
fn check_tells_and_never_writes() {
    let repository = shop();
    let check = |code: i32| generate(&repository, "--check --format json").expect(code);
    let first = check(1);
    assert_eq!(first.verdict("sdk-out-of-date"), "red");
    assert!(!service(&first)["files"]["written"].as_array().unwrap().is_empty());
    assert!(!repository.at("sdk").exists());
    generate(&repository, "").expect(0);
    check(0);
    repository
        .write("contracts/shop.openapi.json", contract(&json!({"Zebra": {"type": "string"}})));
    let before = tree(&repository.at("sdk"));
    let told = service(&check(1));
    assert!(!told["files"]["removed"].as_array().unwrap().is_empty(), "{told}");
    assert_eq!(tree(&repository.at("sdk")), before);
    let human = generate(&repository, "--check").expect(1);
    assert!(human.stdout.contains("out of date: "), "{}", human.stdout);
    generate(&repository, "").expect(0);
    check(0);
}

#[test]
fn files_that_are_not_made_any_more_go_with_their_folders() {
    let repository = shop();
    generate(&repository, "").expect(0);
    let old = tree(&repository.at("sdk/ts/shop"));
    repository.write("sdk/ts/shop/src/mine.ts", "export {};\n");
    repository
        .write("contracts/shop.openapi.json", contract(&json!({"Zebra": {"type": "string"}})));
    let told = service(&generate(&repository, "--format json").expect(0));
    let removed = told["files"]["removed"].as_array().unwrap();
    assert!(!removed.is_empty(), "{told}");
    let new = tree(&repository.at("sdk/ts/shop"));
    assert!(removed.iter().all(|it| old.contains_key(it.as_str().unwrap())));
    assert!(removed.iter().all(|it| !new.contains_key(it.as_str().unwrap())));
    assert_eq!(new["src/mine.ts"], "export {};\n");
}

#[test]
fn an_edited_file_stops_the_run_before_the_first_write() {
    let repository = shop();
    generate(&repository, "").expect(0);
    let file = "sdk/ts/shop/src/index.ts";
    let edited = repository.read(file) + "export const mine = 1;\n";
    repository.write(file, &edited);
    repository
        .write("contracts/shop.openapi.json", contract(&json!({"Zebra": {"type": "string"}})));
    let before = tree(&repository.at("sdk"));
    let answer = generate(&repository, "").expect(2);
    assert!(answer.stderr.contains("src/index.ts` was edited by hand"), "{}", answer.stderr);
    assert!(answer.stderr.contains("-export const mine = 1;"), "{}", answer.stderr);
    assert_eq!(tree(&repository.at("sdk")), before);
    let check = generate(&repository, "--check").expect(1);
    assert!(check.stdout.contains("edited by hand: "), "{}", check.stdout);
    generate(&repository, "--overwrite-edited").expect(0);
    assert!(!repository.read(file).contains("mine"));
    generate(&repository, "--check").expect(0);
}

#[test]
fn what_others_made_is_in_the_way() {
    for (path, text) in [
        ("src/index.ts", "export {};\n"),
        ("tsconfig.json", "{}\n"),
        ("package.json", "{\"name\": \"mine\"}\n"),
        ("sdk.lock.json", "{}\n"),
    ] {
        let repository = shop();
        repository.write(&format!("sdk/ts/shop/{path}"), text);
        let answer = generate(&repository, "").expect(2);
        let names_both =
            answer.stderr.contains(path) && answer.stderr.contains("contracts/shop.openapi.json");
        assert!(names_both, "{path}: {}", answer.stderr);
        generate(&repository, "--overwrite-edited").expect(2);
        generate(&repository, "--check").expect(2);
        assert_eq!(
            tree(&repository.at("sdk/ts/shop")),
            BTreeMap::from([(path.to_owned(), text.to_owned())])
        );
    }
}

#[test]
fn a_folder_or_a_link_in_the_way_is_not_followed() {
    let repository = shop();
    fs::create_dir_all(repository.at("sdk/ts/shop/src/index.ts")).unwrap();
    generate(&repository, "").expect(2);
    #[cfg(unix)]
    {
        let repository = shop();
        fs::create_dir_all(repository.at("elsewhere")).unwrap();
        fs::create_dir_all(repository.at("sdk/ts/shop")).unwrap();
        std::os::unix::fs::symlink(repository.at("elsewhere"), repository.at("sdk/ts/shop/src"))
            .unwrap();
        let answer = generate(&repository, "").expect(2);
        assert!(answer.stderr.contains("symbolic link"), "{}", answer.stderr);
        assert!(tree(&repository.at("elsewhere")).is_empty());
    }
}

#[test]
fn package_json_keeps_what_is_not_ours() {
    let repository = shop();
    generate(&repository, "").expect(0);
    let file = "sdk/ts/shop/package.json";
    let mine = "{\n\t\"name\": \"@acme/shop\",\n\t\"version\": \"4.5.6\",\n\t\"scripts\": { \"x\":1e3 },\n\t\"type\": \"commonjs\"\n}\n";
    repository.write(file, mine);
    generate(&repository, "--check").expect(1);
    generate(&repository, "").expect(0);
    let text = repository.read(file);
    let kept = "{\n\t\"name\": \"@acme/shop\",\n\t\"version\": \"4.5.6\",\n\t\"scripts\": { \"x\":1e3 },\n\t\"type\": \"module\",\n\t\"sideEffects\": false,\n";
    assert!(text.starts_with(kept), "{text}");
    let value: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(value["exports"]["."]["types"], "./dist/index.d.ts");
    generate(&repository, "--check").expect(0);
}

#[test]
fn another_kind_of_line_ends_is_no_change() {
    let repository = shop();
    generate(&repository, "").expect(0);
    for (path, text) in tree(&repository.at("sdk/ts/shop")) {
        repository.write(&format!("sdk/ts/shop/{path}"), text.replace('\n', "\r\n"));
    }
    let contract = repository.read("contracts/shop.openapi.json").replace('\n', "\r\n");
    repository.write("contracts/shop.openapi.json", contract);
    let before = tree(&repository.at("sdk/ts/shop"));
    generate(&repository, "--check").expect(0);
    generate(&repository, "").expect(0);
    assert_eq!(tree(&repository.at("sdk/ts/shop")), before);
}

#[test]
fn one_contract_needs_neither_repository_nor_policy() {
    let folder = Repository::bare_folder();
    folder.write("in/shop.openapi.json", orders());
    let run = |words: &str| folder.checks(words).run();
    run("sdk generate --contract in/shop.openapi.json --out a/shop").expect(0);
    assert!(folder.read("a/shop/sdk.lock.json").contains("\"path\": \"shop.openapi.json\""));
    let inside = shop();
    let arguments = "sdk generate --contract contracts/shop.openapi.json --out elsewhere/shop";
    inside.checks(arguments).run().expect(0);
    let [one, two] = [folder.at("a/shop"), inside.at("elsewhere/shop")].map(|it| tree(&it));
    assert_eq!(one, two);
    for words in ["--contract in/shop.openapi.json", "--out b"] {
        run(&format!("sdk generate {words}")).expect(2);
    }
}

#[test]
fn stdin_is_a_contract() {
    let folder = Repository::bare_folder();
    let mut command = Checks::within(folder.path())
        .words("sdk generate --contract - --out shop --service shop")
        .into_command();
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("`checks` starts");
    child.stdin.take().expect("a pipe").write_all(orders().as_bytes()).expect("a reader");
    let answer = Answer::of(child.wait_with_output().expect("an end")).expect(0);
    assert!(answer.stdout.starts_with("shop: "), "{}", answer.stdout);
    assert!(folder.at("shop/src/index.ts").exists());
}

#[test]
fn a_bad_contract_costs_no_other_one() {
    let repository = shop();
    repository.write("contracts/bad.openapi.json", "{\"openapi\": \"3.1.0\",\n  oops\n");
    repository.write("sdk/ts/bad/src/mine.ts", "");
    let answer = generate(&repository, "").expect(2);
    assert!(answer.stderr.contains("contracts/bad.openapi.json` line 2"), "{}", answer.stderr);
    assert!(repository.at("sdk/ts/shop/src/index.ts").exists());
    assert_eq!(tree(&repository.at("sdk/ts/bad")).len(), 1);
    generate(&repository, "--service shop --check").expect(0);
    generate(&repository, "--check").expect(2);
}

#[test]
fn folders_that_an_sdk_would_harm_are_refused() {
    let repository = shop();
    repository.write("file", "");
    for (out, words) in [
        ("file", "is no folder"),
        (".git/sdk", "inside `.git`"),
        ("contracts", "the folder of the contract"),
    ] {
        let arguments = format!("sdk generate --contract contracts/shop.openapi.json --out {out}");
        let answer = repository.checks(&arguments).run().expect(2);
        assert!(answer.stderr.contains(words), "{out}: {}", answer.stderr);
    }
    repository.write("contracts/jobs.openapi.json", orders());
    for (toml, words) in [
        ("out = \"sdk\"", "have one folder: `sdk`"),
        ("package = \"sdk\"", "have one package: `sdk`"),
        (
            "out = \"contracts\"\nskip = [{service = \"jobs\", reason = \"x\"}]",
            "the folder of the contract",
        ),
    ] {
        repository.write("checks.toml", format!("[gates.sdk-sync]\n{toml}\n"));
        let answer = generate(&repository, "").expect(2);
        assert!(answer.stderr.contains(words), "{toml}: {}", answer.stderr);
        assert!(!repository.at("sdk").exists());
    }
}

#[test]
fn services_are_chosen_by_name() {
    let repository = shop();
    repository.write("contracts/jobs.openapi.json", orders());
    generate(&repository, "--service jobs").expect(0);
    assert!(repository.at("sdk/ts/jobs").exists() && !repository.at("sdk/ts/shop").exists());
    let answer = generate(&repository, "--service job").expect(2);
    assert!(answer.stderr.contains("did you mean `jobs`"), "{}", answer.stderr);
    repository.write(
        "checks.toml",
        "[gates.sdk-sync]\nskip = [{service = \"jobs\", reason = \"retired\"}]\n",
    );
    let answer = generate(&repository, "--service jobs").expect(2);
    assert!(answer.stderr.contains("retired"), "{}", answer.stderr);
}

#[test]
fn sources_alone_are_made_where_the_policy_says_so() {
    let repository = shop();
    repository
        .write("checks.toml", "[gates.sdk-sync]\nemit = \"ts\"\npackage = \"@acme/{service}\"\n");
    generate(&repository, "").expect(0);
    assert!(!repository.at("sdk/ts/shop/dist").exists());
    let manifest: Value =
        serde_json::from_str(&repository.read("sdk/ts/shop/package.json")).unwrap();
    assert_eq!(
        (&manifest["name"], &manifest["exports"]["."]),
        (&json!("@acme/shop"), &json!("./src/index.ts"))
    );
}

#[test]
fn threads_and_folders_play_no_part() {
    let [one, two] = [shop(), shop()];
    for repository in [&one, &two] {
        for name in ["a", "b", "c"] {
            repository.write(&format!("contracts/{name}.openapi.json"), orders());
        }
    }
    generate(&one, "--jobs 1").expect(0);
    generate(&two, "--jobs 8").expect(0);
    assert_eq!(tree(&one.at("sdk")), tree(&two.at("sdk")));
}

#[test]
fn what_an_interrupted_run_left_goes() {
    let repository = shop();
    generate(&repository, "").expect(0);
    repository.write("sdk/ts/shop/src/.checks-Ab12Cd", "half");
    fs::remove_file(repository.at("sdk/ts/shop/sdk.lock.json")).unwrap();
    generate(&repository, "--check").expect(1);
    generate(&repository, "").expect(0);
    assert!(!repository.at("sdk/ts/shop/src/.checks-Ab12Cd").exists());
    generate(&repository, "--check").expect(0);
    // Also where nothing else is to be done.
    for left in ["dist/guards/.checks-Ab12Cd", ".checks-xYz123"] {
        repository.write(&format!("sdk/ts/shop/{left}"), "half");
        generate(&repository, "").expect(0);
        assert!(!repository.at(&format!("sdk/ts/shop/{left}")).exists(), "{left}");
    }
}

#[test]
fn names_are_told_with_the_reason() {
    let repository = shop();
    repository.write(
        "contracts/shop.openapi.json",
        contract(&json!({"Order": {"type": "object"}, "order-row": {"type": "string"}, "OrderRow": {"type": "string"}})),
    );
    let text = repository.checks("sdk names").run().expect(0).stdout;
    assert!(text.contains("schema  Order -> Order\n"), "{text}");
    let json = repository.checks("sdk names --service shop --format json").run().expect(0).json();
    let names = json["services"][0]["names"].as_array().unwrap();
    let row = names.iter().find(|it| it["contract"] == "order-row").unwrap();
    assert_eq!((&row["wanted"], &row["why"]), (&json!("OrderRow"), &json!("collision")));
    assert!(row["name"].as_str().unwrap().starts_with("OrderRow_"));
}
