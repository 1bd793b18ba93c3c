/// The name of a deploy redirect, from the folder whose configuration it replaces.
pub const REDIRECT: &str = ".wrangler/deploy/config.json";

/// The names that wrangler itself looks for, in the order in which it does.
pub(crate) const EXACT: [&str; 3] = ["wrangler.json", "wrangler.jsonc", "wrangler.toml"];

const EXCLUDED: [&str; 4] = [".git", "node_modules", "target", ".wrangler"];

const PROGRAMMATIC_STEMS: [&str; 2] = ["wrangler.config", "cloudflare.config"];

const PROGRAMMATIC_ENDINGS: [&str; 4] = ["ts", "mts", "js", "mjs"];

/// Is this path a configuration of wrangler by its name: an exact one or an alternate?
///
/// The name matches `^([\w.-]*[._-])?wrangler([._-][\w.-]*)?\.(toml|jsonc?)$`.
#[must_use]
pub fn is_config(path: &str) -> bool {
    !is_excluded(path) && is_config_name(name_of(path))
}

/// Is this one of the three names wrangler looks for without `--config`?
#[must_use]
pub fn is_exact_name(path: &str) -> bool {
    !is_excluded(path) && EXACT.contains(&name_of(path))
}

/// Is this path a `_routes.json` of Pages?
#[must_use]
pub fn is_pages_routes(path: &str) -> bool {
    !is_excluded(path) && name_of(path) == "_routes.json"
}

/// Is this path a configuration that is code?
#[must_use]
pub fn is_programmatic(path: &str) -> bool {
    let is_code = |(stem, ending): (&str, &str)| {
        PROGRAMMATIC_STEMS.contains(&stem) && PROGRAMMATIC_ENDINGS.contains(&ending)
    };
    !is_excluded(path) && name_of(path).rsplit_once('.').is_some_and(is_code)
}

/// Is this path a deploy redirect, which replaces the configuration of its folder?
#[must_use]
pub fn is_redirect(path: &str) -> bool {
    let Some(folder) = path.strip_suffix(REDIRECT) else { return false };
    folder.is_empty() || folder.strip_suffix('/').is_some_and(|it| !has_excluded_part(it))
}

/// Does this path lie in a folder that is never looked into?
#[must_use]
pub fn is_excluded(path: &str) -> bool {
    path.rsplit_once('/').is_some_and(|(folder, _)| has_excluded_part(folder))
}

fn has_excluded_part(folder: &str) -> bool {
    folder.split('/').any(|it| EXCLUDED.contains(&it))
}

fn name_of(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or_default()
}

fn is_config_name(name: &str) -> bool {
    let Some((stem, ending)) = name.rsplit_once('.') else { return false };
    let is_word = |it: char| it.is_alphanumeric() || matches!(it, '_' | '.' | '-');
    let is_mark = |it: char| matches!(it, '_' | '.' | '-');
    let stands_alone = |(start, word): (usize, &str)| {
        let before = stem.get(..start).unwrap_or_default();
        let after = stem.get(start + word.len()..).unwrap_or_default();
        (before.is_empty() || before.ends_with(is_mark))
            && (after.is_empty() || after.starts_with(is_mark))
    };
    matches!(ending, "toml" | "json" | "jsonc")
        && stem.chars().all(is_word)
        && stem.match_indices("wrangler").any(stands_alone)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_configurations_are_told_from_others() {
        for name in [
            "wrangler.toml",
            "wrangler.json",
            "wrangler.jsonc",
            "wrangler.dev.toml",
            "wrangler-build.json",
            "wrangler_workflow.jsonc",
            "spa.wrangler.jsonc",
            "simple-wrangler.jsonc",
            "non-existing-main-wrangler.jsonc",
            "a_wrangler_b.c.toml",
            "wrangler.wrangler.toml",
            "xwrangler.wrangler.toml",
            ".wrangler.toml",
            "-wrangler-.jsonc",
            "wrangler.config.json",
            "wrangler..toml",
            "apps/ä ö/wrangler.toml",
            "apps/wrangler.d/x/wrangler.production.json",
        ] {
            assert!(is_config(name), "{name}");
        }
        for name in [
            "",
            "wrangler",
            "wrangler.yaml",
            "wrangler.tomlx",
            "wrangler.toml.bak",
            "Wrangler.toml",
            "wrangler.TOML",
            "mywrangler.toml",
            "wranglers.toml",
            "wrangler2.toml",
            "wrangler dev.toml",
            "my wrangler.toml",
            "a+wrangler.toml",
            "wrangler.a+b.toml",
            "wrangler.json5",
            "toml",
            ".toml",
            "wrangler.toml/x",
            "package.json",
            "node_modules/a/wrangler.toml",
            "a/node_modules/b/c/wrangler.toml",
            ".git/wrangler.toml",
            "x/target/wrangler.toml",
            ".wrangler/deploy/wrangler.json",
        ] {
            assert!(!is_config(name), "{name}");
        }
        assert!(is_config("node_modules_of_us/wrangler.toml"));
        assert!(is_config("targets/wrangler.toml"));
    }

    #[test]
    fn only_three_names_are_exact() {
        for name in ["wrangler.toml", "a/wrangler.json", "a/b/wrangler.jsonc"] {
            assert!(is_exact_name(name), "{name}");
        }
        for name in
            ["wrangler.dev.toml", "a/x.wrangler.json", "target/wrangler.toml", "WRANGLER.toml"]
        {
            assert!(!is_exact_name(name), "{name}");
        }
    }

    #[test]
    fn code_and_redirects_are_known_by_name() {
        for name in [
            "wrangler.config.ts",
            "a/wrangler.config.mjs",
            "cloudflare.config.mts",
            "b/cloudflare.config.js",
        ] {
            assert!(is_programmatic(name), "{name}");
        }
        for name in [
            "wrangler.ts",
            "wrangler.config.json",
            "wrangler.config.cts",
            "node_modules/x/wrangler.config.ts",
            "vite.config.ts",
        ] {
            assert!(!is_programmatic(name), "{name}");
        }
        for name in [".wrangler/deploy/config.json", "apps/a/.wrangler/deploy/config.json"] {
            assert!(is_redirect(name), "{name}");
        }
        for name in [
            "x.wrangler/deploy/config.json",
            "deploy/config.json",
            "node_modules/a/.wrangler/deploy/config.json",
            ".wrangler/deploy/config.jsonc",
        ] {
            assert!(!is_redirect(name), "{name}");
        }
        for (name, expected) in [
            ("_routes.json", true),
            ("public/_routes.json", true),
            ("x_routes.json", false),
            ("node_modules/_routes.json", false),
        ] {
            assert_eq!(is_pages_routes(name), expected, "{name}");
        }
    }
}
