# What follows a forum: points, actions, closing, reminders.
follow-up-title = Follow-up
follow-up-lead = Every agreed point has an action or a reason why not; a forum closes when nothing is left open.
follow-up-public = Public page
follow-up-no-points = No points yet. Points are in force once the record is locked.
follow-up-no-action-because = No action, because:
follow-up-cancelled-so = Its action was cancelled because:
follow-up-point-open = Neither action nor reason yet
follow-up-make-action = Make an action
follow-up-give-reason = No action needed? Say why
follow-up-change-reason = Change the reason
follow-up-reason = Reason
follow-up-reason-hint = Shown on the public page, so write it for everybody. At least 10 characters.
follow-up-reason-do = Save the reason
follow-up-reason-withdraw = Take the reason back
follow-up-reason-saved = The reason is saved and shown on the public page.
follow-up-reason-withdrawn = The reason is taken back. This point needs an action or a reason again.
follow-up-actions-title = Actions from this forum
follow-up-no-actions = No actions from this forum yet.
follow-up-no-actions-ever = This forum was closed without actions.
follow-up-due = Due { $day }
follow-up-carry = Goes on in
follow-up-carry-none = Stays with this forum
follow-up-carry-do = Save
follow-up-carried = The action goes on; it is among the agenda proposals of that forum.
follow-up-taken-back = The action is back with this forum.
follow-up-carried-into = Goes on in { $forum }
follow-up-carried-in-vain = It was to go on in { $forum }, but that forum is cancelled ({ $reason }). Choose another forum that takes it up.
follow-up-public-carried-in-vain = { $forum }, which was to take it up, is cancelled; still due { $day }
follow-up-taken-up-title = Carried on from an earlier forum
follow-up-taken-up-lead = Actions of earlier forums that this forum takes up again. They are also among its agenda proposals.
follow-up-cancelled-because = Cancelled: { $reason }
follow-up-close-title = Closing the forum
follow-up-obstacles = The forum can be closed once this is done:
follow-up-can-close = All points have been followed up. Once closed, the forum cannot be changed any more.
follow-up-close-question = Close this forum? Once closed, it cannot be changed any more.
follow-up-close-do = Close the forum
follow-up-closed = The forum is closed.
follow-up-is-closed = This forum is closed.
follow-up-next-title = Carrying actions on
follow-up-next-none = Unfinished actions can go on in the next forum. Create the next forum first.
follow-up-mail-subject = Reminder: stage { $stage }, { $forum }
follow-up-mail-dear = Dear Sir or Madam,
follow-up-mail-lead = The stage "{ $stage }" of { $forum } has not moved for { $days } days.
follow-up-mail-missing = Still missing:
follow-up-mail-open = Go on here:
follow-up-mail-note = This reminder is sent at most once a week per stage, to the forum organisers of your unit.
rule-follow-up-no-record = The record is not locked: nothing is agreed yet.
rule-follow-up-open-points = Points with neither action nor reason: { $numbers }. Make an action or say why not.
rule-follow-up-open-actions = Actions that are not finished or not verified: { $codes }. Finish them and have the evidence verified, cancel them with a reason, or carry them into the next forum.
rule-follow-up-minutes-wait = The minutes wait for approval. Have them approved or sent back first: once the forum is closed nobody can approve them.
rule-follow-up-errors = The stages of the forum still show errors that nobody can mend once it is closed: { $texts }. Mend them first.
rule-follow-up-no-next-forum = Choose a forum that is later than this one and has not begun.
rule-follow-up-ended = This action is over and need not go on.
follow-up-carried-on = Goes on in the next forum; due { $day }
follow-up-warnings = Once the forum is closed, this cannot be mended any more:
follow-up-acknowledge = Tick each of them if the forum is to be closed without finishing it. What you say here is written into the history.
follow-up-tick-first = Tick it if the forum is to be closed so.
follow-up-acknowledge-first = { $what ->
    [letter] No letter of invitation was issued: tick it if the forum is to be closed so.
    [minutes] The minutes are not final: tick it if the forum is to be closed so.
    [correction] The correction of the Berita Acara is a draft: tick it if the forum is to be closed so.
    [report] The report was not issued: tick it if the forum is to be closed so.
   *[other] The report is older than what it tells: tick it if the forum is to be closed so.
}
follow-up-left-unfinished = What was unfinished when it was closed, as whoever closed it knew:
follow-up-unfinished-letter = No letter of invitation was issued.
follow-up-unfinished-attendance = The attendance list is empty: nobody is recorded as present.
follow-up-unfinished-minutes = The minutes are not final.
follow-up-unfinished-correction = The correction of the Berita Acara is a draft; the locked version stays in force.
follow-up-unfinished-report = The report was not issued.
follow-up-unfinished-report-outdated = The issued report is older than its documents, or than the actions and reasons of its points; issue the next version first.
follow-up-gap-owner = No office answers for it yet, only a division.
follow-up-gap-budget-year = No budget year yet; right only where it costs nothing.
follow-up-gap-far-away = It is due after 31 December { $year }: the next forum cannot ask for it. Divide it into steps or choose a nearer day.
