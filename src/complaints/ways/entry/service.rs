//! Taking something down.

use chrono::{DateTime, Duration, NaiveDate, NaiveTime, TimeZone as _, Utc};
use sea_orm::ConnectionTrait;

use super::rules::{self, Service, Unclear};
use crate::{
    access::{Ctx, Permission},
    complaints::{
        filing::{
            asking,
            categories::{self, Sort},
        },
        intake::{self, Asked, Draft, Filed, Once},
        rules::Channel,
        services,
        ways::{channels, paper::Paper},
    },
    organisation::{self, Unit},
    platform::{
        check::Check,
        error::{Error, Result},
        i18n::Message,
        web::forms::Form,
    },
};

/// What the form of an officer says.
#[derive(Clone, Debug)]
pub struct Noted {
    pub draft: Draft,
    /// Category, and what was answered to its questions.
    pub asked: Asked,
    pub channel: Channel,
    pub received_at: DateTime<Utc>,
    pub paper: Paper,
    pub once: Once,
}

impl Noted {
    /// Reads the form; every fault at once, those of the complaint itself too.
    pub async fn of(ctx: &Ctx, unit: &Unit, form: &Form) -> Result<Self> {
        let mut check = Check::new();
        let usable = channels::usable(&ctx.app.db, unit.id).await?;
        let channel = check.choice("channel", form.get("channel"), Channel::parse);
        if channel.is_some_and(|channel| !usable.contains(&channel)) {
            check.fault("channel", Message::new("ways-channel-shut"));
        }
        let day = check.date("received_on", form.get("received_on"));
        let (typed, sure) = (form.get("received_on"), form.get("received_sure"));
        let today = ctx.today_in(organisation::zone_of(unit)?);
        rules::ask_again(&mut check, "received_on", typed, today, sure);
        let time = check.clock("received_time", form.get("received_time"), clock_of);
        let letter_date = match form.get("letter_date").trim() {
            "" => None,
            typed => Some(check.date("letter_date", typed)),
        };
        let paper = Paper {
            letter_number: check.optional("letter_number", form.get("letter_number"), 80),
            letter_date,
            address: check.optional("address", form.get("address"), 300),
            represented_by: check.optional("represented_by", form.get("represented_by"), 120),
            opening: None,
        };
        if paper.letter_date.is_some_and(|written| written > day) {
            check.fault("letter_date", Message::new("ways-letter-after-receipt"));
        }
        let services = services_of(&ctx.app.db, unit).await?;
        let draft = draft_of(form, unit, &services, &mut check);
        told_faults(ctx, form, &draft, &mut check).await;
        let asked = asked_of(ctx, unit, form, &mut check).await?;
        check.finish()?;
        Ok(Self {
            draft,
            asked,
            channel: channel.unwrap_or(Channel::Other),
            received_at: moment(ctx, unit, day, time.unwrap_or_default())?,
            paper,
            once: once_of(form),
        })
    }
}

impl Noted {
    /// Reads one sheet of a suggestion box; when it came in and by which way is the batch's to say.
    pub async fn sheet(ctx: &Ctx, unit: &Unit, form: &Form) -> Result<Self> {
        let mut check = Check::new();
        let services = services_of(&ctx.app.db, unit).await?;
        let draft = draft_of(form, unit, &services, &mut check);
        told_faults(ctx, form, &draft, &mut check).await;
        check.finish()?;
        Ok(Self {
            draft,
            asked: Asked::default(),
            channel: Channel::SuggestionBox,
            received_at: ctx.now,
            paper: Paper::default(),
            once: once_of(form),
        })
    }
}

/// `09:30`, `9.30` or `0930`.
pub fn clock_of(text: &str) -> Option<NaiveTime> {
    let plain = text.replace(['.', ' '], ":");
    let spread = match (plain.len(), plain.chars().all(|c| c.is_ascii_digit())) {
        (3 | 4, true) => {
            let (hours, minutes) = plain.split_at(plain.len() - 2);
            format!("{hours}:{minutes}")
        }
        _ => plain,
    };
    NaiveTime::parse_from_str(&spread, "%H:%M").ok()
}

/// The mark of the questions that a page showed: of which category, in which version.
#[must_use]
pub fn mark_of(sort: &Sort) -> String {
    format!("{}:{}", sort.category.id, sort.category.version)
}

/// Category and answers. What was typed under other questions than those of the category now must not stand behind them.
async fn asked_of(ctx: &Ctx, unit: &Unit, form: &Form, check: &mut Check) -> Result<Asked> {
    let mut asked = Asked {
        category: form.get("category").to_owned(),
        answers: asking::answers_of(form),
        as_told: true,
    };
    let typed = asked.answers.iter().any(|answer| !answer.is_empty());
    let outcome = match categories::named(&ctx.app.db, unit.id, &asked.category).await {
        Ok(sort) => {
            let shown = sort.as_ref().map(mark_of).unwrap_or_default();
            if typed && shown != form.get("asked") {
                check.fault("category", Message::new("ways-entry-other-questions"));
                return Ok(asked);
            }
            if !typed {
                asked.answers.clear();
            }
            intake::extras_under(sort, &asked, ctx.locale()).map(|_| ())
        }
        Err(error) => Err(error),
    };
    match outcome {
        Ok(()) => Ok(asked),
        Err(Error::Invalid(faults)) => {
            for fault in faults {
                check.fault(&fault.field, fault.message);
            }
            Ok(asked)
        }
        Err(error) => Err(error),
    }
}

/// The faults of the complaint itself. A subject that nobody typed is made of the words, and has none of its own.
async fn told_faults(ctx: &Ctx, form: &Form, draft: &Draft, check: &mut Check) {
    let Err(Error::Invalid(faults)) = intake::check(ctx, draft, "").await else {
        return;
    };
    let made = form.get("subject").trim().is_empty();
    for fault in faults {
        if !(made && fault.field == "subject") {
            check.fault(&fault.field, fault.message);
        }
    }
}

/// The key of a form: sent twice it is one complaint.
fn once_of(form: &Form) -> Once {
    let key = form.get("form_key");
    if (16..=100).contains(&key.len()) {
        Once::Form(key.to_owned())
    } else {
        Once::Never
    }
}

fn draft_of(form: &Form, unit: &Unit, services: &[Service], check: &mut Check) -> Draft {
    let service = match rules::service_of(form.get("service"), services) {
        Ok(code) => code.unwrap_or_default(),
        Err(unclear) => {
            let key = match unclear {
                Unclear::Unknown => "ways-service-unknown",
                Unclear::Several => "ways-service-several",
            };
            check.fault("service", Message::new(key));
            String::new()
        }
    };
    let subject = match form.get("subject").trim() {
        "" => rules::subject_of(form.get("description"), form.is_on("anonymous")),
        typed => typed.to_owned(),
    };
    Draft {
        unit: unit.code.clone(),
        kind: form.get("kind").to_owned(),
        subject,
        description: form.get("description").to_owned(),
        service,
        anonymous: form.is_on("anonymous"),
        confidential: form.is_on("confidential"),
        name: form.get("name").to_owned(),
        email: form.get("email").to_owned(),
        phone: form.get("phone").to_owned(),
        brief: true,
    }
}

/// (code, name) of the services that a complaint can be about.
pub async fn services_of(db: &impl ConnectionTrait, unit: &Unit) -> Result<Vec<Service>> {
    services::offered(db, unit.id).await
}

/// A local moment as the form says it. The form shows minutes: what came in this one is not in the future.
pub fn moment(ctx: &Ctx, unit: &Unit, day: NaiveDate, time: NaiveTime) -> Result<DateTime<Utc>> {
    let local = organisation::zone_of(unit)?.from_local_datetime(&day.and_time(time));
    let at = local
        .earliest()
        .ok_or_else(|| Error::field("received_time", Message::new("field-date")))?
        .to_utc();
    Ok(if at <= ctx.now + Duration::minutes(1) {
        at.min(ctx.now)
    } else {
        at
    })
}

/// Keeps it as a case.
pub async fn take_down(ctx: &Ctx, unit: &Unit, noted: Noted) -> Result<Filed> {
    ctx.require(Permission::RegisterComplaint, unit.id)?;
    let came = (noted.channel, noted.received_at);
    let (told, fields) = ((&noted.draft, &noted.asked), ("", "received_on"));
    intake::register_asked(ctx, told, fields, came, &noted.once, noted.paper).await
}

#[cfg(test)]
mod tests {
    use super::clock_of;

    #[test]
    fn a_time_is_read_as_people_type_it() {
        for (typed, hours, minutes) in [
            ("09:30", 9, 30),
            ("9.30", 9, 30),
            ("0930", 9, 30),
            ("930", 9, 30),
        ] {
            assert_eq!(
                clock_of(typed),
                chrono::NaiveTime::from_hms_opt(hours, minutes, 0),
                "{typed}"
            );
        }
        for wrong in ["", "25:00", "pagi", "9", "99999"] {
            assert_eq!(clock_of(wrong), None, "{wrong}");
        }
    }
}
