//! What the stage of inviting lacks: before the forum it can still be done, afterwards it is told that it was not.

use super::forum_missing::{
    Invitation, List, Name,
    Severity::{Error, Warning},
};
use crate::forums::Stage;

/// Codes that make of a stage that lies behind one that was not finished.
pub(super) const LEFT_OUT: [&str; 3] = ["not-told", "never-issued", "never-sent"];

/// Nothing is sent once the forum is over or people have come; that nothing was is no done stage.
pub(super) fn afterwards(facts: &Invitation, list: &mut List) {
    match facts.issued {
        true => never_sent(facts, list),
        false => list.add(Stage::Invitation, Warning, "never-issued", "undangan"),
    }
}

/// Once nothing goes out any more, those who never got anything can be called; whoever was told of an earlier time is
/// told of by itself.
fn never_sent(facts: &Invitation, list: &mut List) {
    let (stage, count) = (Stage::Invitation, facts.never_told);
    if count > 0 {
        let place = "undangan#beri-tahu";
        list.named(stage, Warning, "never-sent", place, Vec::new(), count);
    }
}

/// Of a forum that does not take place everybody is told who was asked to come.
pub(super) fn cancelled(facts: &Invitation, list: &mut List) {
    for (count, code, place) in [
        (facts.uncalled, "cancelled-uncalled", "undangan#beri-tahu"),
        (facts.untold, "cancelled-untold", "pendaftaran#beri-tahu"),
    ] {
        if count > 0 {
            let stage = Stage::Invitation;
            list.named(stage, Error, code, place, Vec::new(), count);
        }
    }
}

/// Invited needs a letter with number and date, recipients and an agenda.
pub(super) fn before(facts: &Invitation, started: bool, list: &mut List) {
    let stage = Stage::Invitation;
    let letter = "undangan/surat";
    if !facts.letter {
        list.add(stage, Error, "letter", letter);
    } else if !facts.issued {
        if !facts.number {
            list.add(stage, Error, "letter-number", letter);
        }
        if !facts.date {
            list.add(stage, Error, "letter-date", letter);
        }
    }
    if facts.recipients == 0 {
        list.add(stage, Error, "recipients", "undangan/penerima/baru");
    } else if !facts.empty_groups.is_empty() {
        let names = facts.empty_groups.iter().copied().map(Name::Group);
        let names = names.collect();
        list.named(stage, Warning, "empty-groups", "undangan", names, 0);
    }
    for (severity, code, found) in [
        (Error, "letter-fault", &facts.letter_faults),
        (Warning, "letter-doubt", &facts.letter_doubts),
    ] {
        for text in found {
            let names = vec![Name::Plain(text.clone())];
            list.named(stage, severity, code, "undangan", names, 0);
        }
    }
    if facts.letter && !facts.issued {
        list.add(stage, Error, "issue", "undangan");
    }
    // Of a forum that has begun nobody is told by letter any more.
    match started && facts.issued {
        true => never_sent(facts, list),
        false => going_out(facts, list),
    }
    if facts.questions > 0 {
        let (place, count) = ("undangan#pertanyaan", facts.questions);
        list.named(stage, Warning, "questions", place, Vec::new(), count);
    }
    if facts.unconfirmed > 0 {
        let count = facts.unconfirmed;
        list.named(stage, Warning, "unconfirmed", "undangan", Vec::new(), count);
    }
    if facts.untold > 0 {
        let (count, place) = (facts.untold, "pendaftaran");
        list.named(stage, Warning, "untold", place, Vec::new(), count);
    }
    if facts.issued && facts.failed > 0 {
        let count = facts.failed;
        list.named(stage, Warning, "failed", "undangan", Vec::new(), count);
    }
}

/// Nothing goes out beside a letter that says something else: first the letter, then the mails.
fn going_out(facts: &Invitation, list: &mut List) {
    let stage = Stage::Invitation;
    if facts.outdated {
        list.add(stage, Error, "letter-outdated", "undangan");
    } else if facts.correcting {
        list.add(stage, Error, "letter-correcting", "undangan");
    } else if facts.issued {
        sending(facts, list);
    }
}

/// Invitations and updates that have to go out, by mail and by hand.
fn sending(facts: &Invitation, list: &mut List) {
    let stage = Stage::Invitation;
    let by_mail = facts.to_send;
    if by_mail > 0 && facts.updates >= by_mail {
        list.named(stage, Error, "updates", "undangan", Vec::new(), by_mail);
    } else if by_mail > 0 {
        list.named(stage, Error, "sending", "undangan", Vec::new(), by_mail);
    }
    if facts.to_hand > 0 {
        let count = facts.to_hand;
        list.named(stage, Warning, "to-hand", "undangan", Vec::new(), count);
    }
    if facts.replaced > 0 {
        let (place, count) = ("undangan?kirim=replaced#daftar", facts.replaced);
        list.named(stage, Warning, "replaced", place, Vec::new(), count);
    }
}
