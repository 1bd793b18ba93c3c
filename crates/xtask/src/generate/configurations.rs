//! Configurations as people write them: TOML and JSON, with environments and bindings.

use serde_json::{Value, json};

use crate::{
    generate::{File, monorepo},
    random::Random,
};

/// So many configurations, of one Worker each; every third one is JSON with comments.
pub(crate) fn files(seed: u64, count: usize) -> impl Iterator<Item = File> {
    let mut random = Random::new(seed);
    (0..count).map(move |number| {
        let name = format!("svc-{number:04}");
        if number % 3 == 2 {
            let text = format!("// The Worker of {name}.\n{:#}\n", json_of(&mut random, &name, number));
            (format!("services/{name}/wrangler.jsonc"), text)
        } else {
            let n_rows = random.below(6);
            let rows = (0..n_rows).map(|it| {
                format!("\n[[r2_buckets]]\nbinding = \"BUCKET_{it}\"\nbucket_name = \"b-{number}-{it}\"\n")
            });
            let text = monorepo::wrangler(&name, number) + &rows.collect::<String>();
            (format!("services/{name}/wrangler.toml"), text)
        }
    })
}

fn json_of(random: &mut Random, name: &str, number: usize) -> Value {
    let routes = (0..=random.below(8)).map(|it| {
        json!({"pattern": format!("api.shop.example/v2/{name}/{it}/*"), "zone_name": "shop.example"})
    });
    json!({
        "name": name,
        "main": "src/index.ts",
        "compatibility_date": "2026-05-01",
        "workers_dev": random.percent(50),
        "routes": routes.collect::<Vec<_>>(),
        "vars": {"STAGE": "production", "LEVEL": number},
        "kv_namespaces": [{"binding": "CACHE", "id": format!("{number:032x}")}],
        "env": {"staging": {"routes": [{"pattern": format!("{name}.staging.shop.example"),
                                        "custom_domain": true}],
                            "vars": {"STAGE": "staging", "LEVEL": number}}},
    })
}
