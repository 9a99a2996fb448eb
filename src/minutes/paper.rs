//! The minutes as paper: the sections of the office's own form, from the record.

use super::{approving::amended, face::by_item, inputs, service::Book, store::Content};
use crate::{
    access::Ctx,
    attendance, berita_acara,
    calendar::dates,
    documents::{
        self,
        data::{self, Discussion, Fact, InputRow, ProgrammeRow, Signatory},
    },
    forums::{self, Group, days},
    organisation,
    platform::{
        error::Result,
        i18n::{Locale, t},
    },
    standards, surveys,
};

/// The data of the paper; `code` is there when it is being registered.
pub(super) async fn paper(
    ctx: &Ctx,
    book: &Book,
    content: &Content,
    code: Option<&str>,
) -> Result<data::Minutes> {
    let (app, forum, head) = (&ctx.app, &book.forum, &content.head);
    let day = days::long_dates(forum, Locale::Id);
    let headings = days::day_headings(forum, &book.agenda, Locale::Id);
    let agenda = book.agenda.iter().zip(headings);
    let agenda = agenda.map(|(item, section)| ProgrammeRow {
        section,
        time: forums::time_range(item.starts, item.ends, Locale::Id),
        activity: item.activity.clone(),
    });
    let discussion = by_item(&book.agenda, &content.notes)
        .into_iter()
        .filter(|(.., notes)| !notes.is_empty())
        .map(|(_, activity, notes)| Discussion {
            activity,
            notes: notes.into_iter().map(|note| note.text.clone()).collect(),
        });
    Ok(data::Minutes {
        title: format!(
            "Notulen {}, {}",
            forum.title,
            days::short_dates(forum, Locale::Id)
        ),
        running: format!("Notulen · {} · {day}", forum.title),
        letterhead: documents::letterhead_of(&book.unit),
        heading: vec!["NOTULEN RAPAT FORUM KONSULTASI PUBLIK".to_owned()],
        lead: format!(
            "{} diselenggarakan pada:",
            organisation::title_at(&forum.title, &book.unit.name)
        ),
        facts: vec![
            Fact::new("Hari/Tanggal", day),
            Fact {
                label: "Pukul".to_owned(),
                lines: days::hours_lines(forum, book.zone),
            },
            Fact::new("Acara", forum.title.as_str()),
            Fact::new("Tempat", forums::where_text(forum)),
        ],
        participants_lead: participants_lead(book),
        participants: participants(book),
        agenda: agenda.collect(),
        results: head.results.0.clone(),
        discussion: discussion.collect(),
        inputs: input_rows(ctx, book).await?,
        closing: head.closing.clone(),
        minute_taker: Signatory {
            place_date: None,
            position: vec!["Notulis,".to_owned()],
            name: head.minute_taker.clone(),
            rank: None,
            nip: None,
            signature: None,
            mark: None,
        },
        approver: approver(ctx, book, content, code.is_some()).await?,
        notes: notes(book, content, code.is_some()),
        qr: code.map(|code| documents::verification_url(app, code)),
        verification: code.map(|code| documents::verification(app, code)),
    })
}

fn participants_lead(book: &Book) -> String {
    let count = dates::number_with_words(book.present.len() as u64);
    let by_day = attendance::days_sentence(&book.forum, book.zone, &book.present);
    let by_day = by_day.map(|days| format!("Menurut hari pelaksanaan, {days} "));
    format!(
        "{}Forum dihadiri {count} orang, terdiri dari:",
        by_day.unwrap_or_default()
    )
}

/// "Pengguna layanan: 6 orang", in the order of the guideline; groups without anybody are left out.
fn participants(book: &Book) -> Vec<String> {
    let count = |group: Group| {
        let of_group = |row: &&crate::attendance::Attendee| row.participant_group == group;
        book.present.iter().filter(of_group).count()
    };
    Group::all()
        .into_iter()
        .map(|group| (group, count(group)))
        .filter(|(_, count)| *count > 0)
        .map(|(group, count)| format!("{}: {count} orang", group.label(Locale::Id)))
        .collect()
}

/// Inputs with their answers. The group stands for the person: the paper is an annex of the report, which
/// everybody may read.
async fn input_rows(ctx: &Ctx, book: &Book) -> Result<Vec<InputRow>> {
    let db = &ctx.app.db;
    let elements = surveys::elements(db).await?;
    let services = standards::services(db, book.forum.unit_id).await?;
    let rows = book.inputs.iter().map(|input| {
        let element = elements
            .iter()
            .find(|one| Some(&one.id) == input.element.as_ref())
            .map(|one| one.name_id.clone());
        let component = input.component.as_deref().and_then(inputs::component);
        let service = services
            .iter()
            .find(|(_, code, _)| Some(code) == input.service.as_ref())
            .map(|(.., name)| name.clone());
        let about = element.or_else(|| component.map(|one| one.title(Locale::Id)));
        let item = book
            .agenda
            .iter()
            .find(|item| Some(item.id) == input.agenda_id)
            .map(|item| item.activity.clone());
        InputRow {
            code: input.code.clone(),
            from: input.raised_by_group.label(Locale::Id),
            about: [item, about, service]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join("; "),
            text: berita_acara::input_words(input.text.clone(), input.created_at, book.agreed_at),
            answer: input
                .answer
                .clone()
                .unwrap_or_else(|| t(Locale::Id, "minutes-paper-open")),
        }
    });
    Ok(rows.collect())
}

async fn approver(ctx: &Ctx, book: &Book, content: &Content, sealed: bool) -> Result<Signatory> {
    let head = &content.head;
    let leader = organisation::head_of(&ctx.app.db, book.unit.id).await.ok();
    // Rank and number are known of the head alone.
    let leader =
        leader.filter(|leader| head.approver_id.is_none() && leader.name == head.approver_name);
    let today = dates::date(ctx.today_in(book.zone), Locale::Id);
    let filled = |text: String| (!text.is_empty()).then_some(text);
    Ok(Signatory {
        place_date: sealed.then(|| format!("{}, {today}", book.unit.city)),
        position: vec![format!("{},", head.approver_position)],
        name: head.approver_name.clone(),
        rank: leader.as_ref().and_then(|one| filled(one.rank.clone())),
        nip: leader.and_then(|one| filled(organisation::nip_text(&one.nip))),
        signature: None,
        mark: sealed.then(|| "Disahkan secara elektronik".to_owned()),
    })
}

fn notes(book: &Book, content: &Content, sealed: bool) -> Vec<String> {
    let mut notes = Vec::new();
    if !sealed {
        notes.push("PRATINJAU: notulen ini belum disahkan dan masih dapat berubah.".to_owned());
    }
    if let Some(old) = amended(book) {
        let approved = old.approved_at.map(|at| {
            let day = at.with_timezone(&book.zone).date_naive();
            format!(" yang disahkan {}", dates::date(day, Locale::Id))
        });
        notes.push(format!(
            "Revisi {} memperbaiki dan menggantikan revisi {}{}. Alasan: {}",
            content.head.revision,
            old.revision,
            approved.unwrap_or_default(),
            content.head.amendment_reason
        ));
    }
    notes
}
