use std::{fs, io};

use anyhow::{Context as _, bail, ensure};
use clap::Args;

use crate::{
    cli::{Shell, run::hint_text},
    config::did_you_mean,
    disk,
    judge::is_waivable,
    policy::Selection,
    rules,
    run::{BaseChoice, read_policy},
    waive::NewWaiver,
};

/// Write one dated waiver into the configuration file.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  checks waive route-claimed-twice --subject 'api.example.com/*' --days 30 \\\n    --reason 'old clients until the cutover' --owner @team-edge"
)]
pub(crate) struct Arguments {
    /// The rule whose finding may stay.
    rule: String,
    /// The finding's subject as the report shows it, or a glob over it.
    #[arg(long, value_name = "SUBJECT")]
    subject: String,
    /// For how many days, counted from today.
    #[arg(long, value_name = "N")]
    days: u32,
    /// Why it may stay.
    #[arg(long, value_name = "TEXT")]
    reason: String,
    /// Who answers for it.
    #[arg(long, value_name = "@WHO")]
    owner: String,
}

pub(crate) fn main(arguments: &Arguments, shell: &Shell<'_>) -> anyhow::Result<u8> {
    let rule = arguments.rule.as_str();
    if rules::find(rule).is_none() {
        bail!("unknown rule `{rule}`{}", hint_text(did_you_mean(rule, rules::ids())));
    }
    ensure!(is_waivable(rule), "`{rule}` judges waivers and cannot be waived");
    for (name, text) in [
        ("subject", &arguments.subject),
        ("reason", &arguments.reason),
        ("owner", &arguments.owner),
    ] {
        ensure!(!text.trim().is_empty(), "`--{name}` is empty");
    }
    let world = shell.world(&BaseChoice::Declined, None)?;
    let settings = shell.settings(Selection::default(), false)?;
    let limit = read_policy(&world, &settings)?.config.max_waiver_days;
    let days = i64::from(arguments.days);
    ensure!(days <= limit, "`--days {days}`: at most {limit} are allowed (`max-waiver-days`)");
    let last_day = settings.now.seconds().checked_add(days * 86_400);
    let last_day = last_day.and_then(kernel::Timestamp::from_seconds);
    let waiver = NewWaiver {
        rule,
        subject: &arguments.subject,
        reason: &arguments.reason,
        owner: &arguments.owner,
        expires: last_day.context("`--days`: beyond the calendar")?.date(),
    };
    let file = shell.root()?.join(settings.config.as_str());
    let before = match fs::read_to_string(&file) {
        Ok(text) => text,
        Err(err) if err.kind() == io::ErrorKind::NotFound => String::new(),
        Err(err) => return Err(err).with_context(|| format!("cannot read `{}`", settings.config)),
    };
    let after = waiver.added_to(&before).with_context(|| format!("`{}`", settings.config))?;
    disk::replace(&file, after.as_bytes())
        .with_context(|| format!("cannot write `{}`", settings.config))?;
    shell.print(&waiver.block())?;
    shell.complain(&format!(
        "written to `{}`; it counts through {}",
        settings.config, waiver.expires
    ));
    Ok(0)
}
