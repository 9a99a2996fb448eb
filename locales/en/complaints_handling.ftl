# Merged complaints, waiting for the citizen, and several things in one mail.
complaints-freed = The joint handling ended without an answer to this complaint, so it is handled by itself with a new deadline.
complaints-answer-names = This answer is also read by { $count } other citizens whose complaints were merged. Write Bapak/Ibu instead of the name of a reporter.
complaints-helped-no-reason = Tell us what is still missing, so that the office knows what to improve.
complaint-event-merged-citizen = Handled together with another complaint about the same thing
complaint-event-freed = Reopened: complaint { $main } ended without an answer for this citizen
complaint-event-freed-citizen = Reopened and handled by itself
complaint-event-wait-over = The time for completing it is over
complaint-event-deadline-kept = The deadline stays { $due }
complaints-elsewhere-title = What you can still do
complaints-elsewhere-rejected = If something was unclear, file again with more details and name the number { $number }, or contact the office.
complaints-elsewhere-out-of-authority = Go on with the body named in the journey below. If you think that this office is responsible, contact it or file again and name the number { $number }.
clock-stage-since-waiting = The citizen was asked to complete it on { $at }. The deadline of the answer above keeps running.
clock-citizen-complete-over = The time for completing it ended on { $at }. You can still send it as a message; we answer with what we have.
complaint-mail-due-over = Its answer was due by { $due } and is late.
complaint-mail-news-freed-subject = { $voice } { $number } reopened
complaint-mail-news-freed-text = The joint handling ended without an answer for you, so { $unit } handles { $called } { $number } by itself. The answer is due by { $due }.
complaint-mail-news-taken-back-subject = { $voice } { $number } opened again: the answer you received belongs to another { $called } and is taken back
complaint-mail-news-taken-back-text = { $unit } passed on to you by mistake an answer to another person’s { $called }. That answer is taken back, and { $called } { $number } is answered on its own by { $due }.
complaint-mail-news-wait-over-subject = The time for completing { $called } { $number } is over
complaint-mail-news-wait-over-text = { $unit } has not received what was missing in { $called } { $number }. It is not closed: you can still send it on the status page, and the office answers with what it has.
complaint-mail-news-moved-subject = { $voice } { $number }: the deadline moved
complaint-mail-news-moved-text = { $unit } answers { $called } { $number } by { $due }. The reason: { $reason } The status page explains it.
complaint-mail-news-closed-subject = { $voice } { $number } closed
complaint-mail-news-closed-text = { $kind ->
    [praise] { $unit } has closed { $called } { $number }. There is nothing else you need to do.
   *[other] { $unit } has closed { $called } { $number } because nothing was heard from you after the answer. The status page says until when it can still be reopened.
 }
complaint-mail-notice-freed-subject = Complaint { $number } reopened
complaint-mail-notice-freed-text = The main complaint ended without an answer for complaint { $number }, which was merged into it, so that one is handled by itself now.
complaint-mail-notice-wait-over-subject = Complaint { $number } was not completed
complaint-mail-notice-wait-over-text = The citizen's time for completing complaint { $number } is over and no message came. Answer with what there is, or reject it with a reason.
clock-mail-waits = Waits for something from the citizen; the deadline of the answer keeps running.
clock-mail-pressing-subject = { $count } complaints need attention, { $late } late
clock-mail-pressing-hello = { $name },
clock-mail-pressing-lead = { $count } complaints of { $unit } are near or past their deadline, { $late } of them late:
clock-mail-pressing-why = What has to be said at the same time comes in one mail; each warning comes once.
deadlines-year-bounds = The year { $year } is not possible. Check it: from { $from } to { $to }.
policy-never-in-force = Replaced by another choice for the same day
deadlines-change-who = Holidays hold for all units and only the system administrator changes them. The deadlines of your unit are set on the page Deadlines.
complaints-headline-taken-up = Your { $voice } is being handled again
complaints-explain-taken-up = The office works on it again and answers before the new deadline. The reason is in the journey below.

## From one case to the next
complaints-next-title = Next in "{ $list }"
complaints-next-none = Nothing else is left in "{ $list }"
complaints-jump-label = Go straight to
complaints-jump-answer = The answer
complaints-jump-assign = Passing on
complaints-jump-moves = Other steps
complaints-jump-note = Internal note
complaints-jump-list = Back to the list
complaints-between-title = While you were writing, the citizen added
complaints-between-files = { $count ->
    [1] One new file.
   *[other] { $count } new files.
}
complaints-between-note = What you typed is still in its field. Read what was added, change your text if need be, and send it once more.
complaints-keys-title = Working with the keyboard
complaints-keys-how = Press Alt with a letter below (Firefox: Alt+Shift; Mac: Control+Option). What is not on this page does nothing.
complaints-keys-n = The next complaint; from the list: the first one
complaints-keys-m = From the list: to the rows of complaints
complaints-keys-list = Inside the list (without Alt): J to the next complaint, K to the one before, X marks it, B to the buttons for the marked ones, Enter opens it.
complaints-list-label = List of complaints
complaints-list-keys = With the keyboard: Alt+M enters the list (Firefox: Alt+Shift+M), J and K move, X marks, B goes to the buttons for the marked ones, Enter opens.
complaints-skip-list = Straight to the list of complaints
complaints-skip-bulk = Straight to the buttons for the marked ones
complaints-keys-j = Write the answer
complaints-keys-t = Pass on to a division
complaints-keys-l = Other steps: ask for what is missing, close, forward, reject
complaints-keys-c = Write an internal note
complaints-keys-k = Back to the list
complaints-keys-after = After an answer is sent or a step is done, the focus is on the heading "Next": Tab and Enter open the next complaint of the same list. Ctrl+Enter in any field of a case (answer, note, question, disposition) sends what is written there.
complaints-answer-names-anonymous = The reporter asked to stay unnamed, and the division reads this too. Write Bapak/Ibu in the place of the name.
complaints-bulk-names = This text goes to { $count } citizens and names one of them. Write {"{nama}"} or Bapak/Ibu instead.
complaint-event-solution-late = The solution is late
complaint-mail-notice-solution-late-subject = Complaint { $number }: the solution is late
complaint-mail-notice-solution-late-text = The time that its class gives for solving complaint { $number } is over. Solve and answer it, or explain to the citizen why it is not solved yet.
complaint-mail-notice-solution-soon-subject = Complaint { $number }: its solution is due soon
complaint-mail-notice-solution-soon-text = Complaint { $number } has to be solved by { $until }, as its class says. Solve and answer it before.
complaints-view-solution-tomorrow = Solution due on the next working day
complaints-inbox-summary-solution-tomorrow = { $count } complaints have to be solved on the next working day
complaints-inbox-summary-tomorrow-solutions = Besides, { $count } solutions are due on that day
complaints-view-solution = Solution late
complaints-inbox-summary-solution = { $count } complaints solved too late
complaints-view-untold = Not told yet
complaints-inbox-summary-untold = { $count } complaints whose news has to be told by a person: by telephone, letter or on SP4N-LAPOR!
complaints-view-heard = Citizen wrote
complaints-inbox-summary-heard = { $count } complaints with a message of the citizen that nobody answered
complaints-part-files = Files of the citizen: { $names }
complaint-digest-solution = Solution late
complaint-digest-solution-soon = Solution due by the next working day
complaint-digest-heard = The citizen wrote and has no answer
complaint-digest-heard-at = Message of the citizen { $at }
complaints-withdraw-sure-do = Yes, withdraw it
complaints-withdraw-sure-keep = No, let it go on
complaints-withdraw-sure-back = Status of the complaint
deadlines-preview-do = See first what it does
deadlines-preview-row = from { $before } to { $after }
deadlines-preview-more = and { $count } more.
deadlines-preview = { $count ->
    [0] Nothing is saved yet. This change moves no deadline.
    [one] Nothing is saved yet. This change moves one deadline; who owns it and its citizen will be told.
   *[other] Nothing is saved yet. This change moves { $count } deadlines; those who own them and their citizens will be told.
}
complaints-move-golongan-title = Set the class
complaints-move-golongan-note = The class says in how many working days the problem is solved. The deadline of the first answer stays.
complaints-move-golongan-do = Save the class
complaints-classified = The class was saved.
complaint-event-classified = Class: { $class }
rule-complaint-merge-older = { $number } is due earlier than { $main }. Merge { $main } into { $number }, so that its deadline stays in sight.

calling-line = { $headline } ({ $at })
calling-line-before = Before, need not be told any more: { $headline } ({ $at })
calling-phone = Number
calling-hidden = The number is not shown to you. A complaint officer tells the complainant; of an anonymous complaint the identity is opened first, with a reason.
calling-whatsapp = Open in WhatsApp with this text
calling-whatsapp-note = Opening WhatsApp counts as told. If the number is not on WhatsApp, ring it up.
calling-told = Noted: the complainant was told.
calling-message = Dear Sir or Madam,
    { $headline }.
    Follow it with that number and the secret code on your receipt: { $url }
    { $unit }
calling-message-words = Dear Sir or Madam,
    { $headline }:
    { $words }
    Follow it with that number and the secret code on your receipt: { $url }
    { $unit }
complaint-event-told-in-person = The complainant was told by WhatsApp, telephone or in person

complaints-similar-title = Perhaps about the same thing
complaints-similar-note = Complaints of this office from the last 12 months with similar words, service or category.
complaints-similar-link = Link
complaints-similar-merge = Handle it in that complaint…

# Before a merge: both are read first
complaints-merge-title = Merge complaints
complaints-merge-heading = Merge { $number } into { $main }?
complaints-merge-this = This complaint: { $number }
complaints-merge-main = Main complaint: { $main }
complaints-merge-open = Open { $number }
complaints-merge-what = What happens
complaints-merge-note = The citizen is told that the complaint is handled together with another one. The answer to the main complaint will show on their page too. "Reopen" undoes the merge.
complaints-merge-note-answered = The main complaint has been answered, and that answer was written for another citizen. Choose what reaches this one. "Reopen" undoes the merge.
complaints-merge-answer = The answer given there
complaints-merge-reply = What this citizen is sent
complaints-merge-reply-hint = Nobody waits in vain for the next answer: when the main complaint is closed without one, this complaint is reopened and handled by itself.
complaints-merge-unsent = You wrote an answer, but this choice does not send it. Choose "Write an answer for this citizen", or empty the box.
complaints-merge-next = Nothing yet: this citizen gets the next answer
complaints-merge-same = Send this answer, exactly as shown above
complaints-merge-own = Write an answer for this citizen
complaints-merge-own-label = Answer for this citizen
complaints-merge-own-hint = Sent only if the last choice is selected. At least 10 characters.
complaints-merge-text-hint = Shown in the journey of their complaint.
complaints-merge-do = Merge into { $main }
complaints-merge-keep = Do not merge
complaints-merge-through = { $named } is itself merged into { $main }, so this complaint will be handled there too.
complaints-merge-closed = The main complaint is closed and gets no further answer. Send that answer, or write one for this citizen.
complaints-merge-names = This answer names the reporter of the main complaint. Another citizen must not read it.
complaints-merged = Merged into { $main }.
complaint-event-let-go = Complaint { $number } is no longer merged into this one
complaint-event-answer-taken-back = Reopened and handled by itself. The answer shown before was written for another complaint and has been taken back

# Telling a complainant whom no mail reaches
calling-title-phone = Contact the complainant: no e-mail address
calling-title-letter = Send the complainant a letter
calling-title-sp4n = Answer on SP4N-LAPOR!: tracking id { $tracking }
calling-lead-phone = The complainant gave a telephone number alone, so this news does not go out by itself:
calling-lead-letter = The complainant gave neither e-mail nor telephone but an address, so this news reaches them by letter only:
calling-lead-sp4n = The complainant is reached through SP4N-LAPOR! only, so this news arrives if it is written there:
calling-text-phone = Text to send or to read out
calling-text-letter = What was last written to the complainant
calling-text-sp4n = Text to copy to SP4N-LAPOR!
calling-letter = Write the letter of clarification
calling-done-phone = Told by telephone or in person
calling-done-letter = The letter has been sent
calling-done-sp4n = Answered on SP4N-LAPOR!
calling-title-mail = Pass on the news that was left behind
calling-title-nobody = The complainant cannot be reached
calling-lead-mail = The complainant has an e-mail address now: what comes next goes out by itself. This news came before and has not arrived:
calling-lead-nobody = There is no e-mail, telephone or postal address, so they can read this news with number and code only:
calling-text-mail = Text to pass on
calling-text-nobody = Text to pass on
calling-done-mail = Passed on
calling-done-nobody = Note: cannot be passed on
calling-unreached = Noted: this news cannot be passed on.
complaint-event-told-in-person-unreached = News could not be passed on: there is no contact of the complainant
calling-flash-phone = Saved, but the complainant has not been told: they gave a telephone number alone. Contact them, then tick it off below.
calling-flash-letter = Saved, but the complainant has not been told: they gave an address alone, without e-mail or telephone. Send a letter of clarification, then tick it off below.
calling-flash-sp4n = Saved, but the complainant has not been told: answer on SP4N-LAPOR! under tracking id { $tracking }, then tick it off below.
calling-flash-nobody = Saved. The complainant left no contact and is not told: they can read it only with the code on their receipt.
calling-flash-unreached = Saved. The complainant left no contact and is not told: they can read it only with the code on their receipt. If there is no other way, tick off below that this news cannot be passed on.
complaint-event-told-in-person-letter = The complainant was told by letter
complaint-event-told-in-person-sp4n = The complainant was answered on SP4N-LAPOR!
complaints-bulk-unreached = { $count } of them left no contact at all. Once answered, they wait under "Not told yet", too, until it is ticked off that they cannot be told.
complaints-bulk-by-hand = { $count } of them cannot be reached by mail. Once answered, tell them by telephone, letter or SP4N-LAPOR!: they wait under "Not told yet".
complaints-bulk-untold-title = Not told yet
complaints-bulk-untold = { $count ->
    [one] One complainant cannot be reached by mail and does not know of the answer yet. Tell them, then tick it off at their complaint.
   *[other] { $count } complainants cannot be reached by mail and do not know of the answer yet. Tell them, then tick it off at their complaints.
  }
complaints-bulk-untold-open = Open "Not told yet"

# Sent too late: what happened meanwhile
complaints-between-added = Not sent: while you were writing, the citizen added something.
complaints-between-answered = Not sent: this complaint was answered by { $who } on { $at }.
complaints-between-own = Your answer was sent at { $at }. Nothing was sent twice.
complaints-between-own-title = You have answered this
complaints-between-own-note = The citizen has the answer above. If there is more to say, open the complaint again and send it.
complaints-between-answered-title = A colleague has answered
complaints-between-answered-note = The citizen gets the answer above only. If yours is still needed, take the complaint up again and send it.
complaints-between-ended = Not sent: while you were writing, the state of this complaint became “{ $status }”.
complaints-between-ended-title = It can no longer be answered
complaints-between-ended-note = Your answer was not sent. Copy it if it is still needed: the complaint can be answered once it is taken up again.
complaints-between-typed = What you typed
complaints-between-copy = Copy what I typed

# Words for its own kind
complaints-number-of = Number of the { $called }
complaints-status-reply = Reply
complaints-withdraw-sure-heading = Withdraw this { $called }?
complaints-case-latest = What is new
complaint-digest-untold = Not told yet: by telephone, letter or on SP4N-LAPOR!
complaint-digest-untold-row = the complainant has not been told

# Putting kind, service, category and privacy right.
complaints-right-title = Correct kind, service, category and channel
complaints-right-lead = The citizen's words do not change. What is corrected stands in the history with its reason, and the citizen reads what changed.
complaints-right-kind-hint = Another kind may put the deadline off, counted from the receipt. A date that was told is not brought forward, and what is late stays late.
complaints-right-privacy = Privacy
complaints-right-privacy-hint = Protection can only be added; what the citizen chose is not lessened.
complaints-right-no-category = No category
complaints-right-channel-sp4n = Without a tracking id of SP4N-LAPOR! nothing can be answered there. Bring the report in by the import of SP4N-LAPOR!.
complaints-right-channel-fixed = This channel is known from where it came and cannot be changed; nor can the site be chosen.
complaints-right-channel-stays = Channel: { $channel }. It is known from where it came, so it is not changed here.
complaints-right-reason = Reason
complaints-right-reason-hint = Stands in the history, for the office.
complaints-right-do = Save the correction
complaints-right-done = The correction was saved.
complaints-right-nothing = Nothing was changed yet.
complaints-right-less-privacy = Protection that was given cannot be lessened.
complaints-right-cause = The kind was corrected to { $kind }
complaint-event-put-right = Kind, service, category, channel or privacy corrected
rule-complaint-published = This complaint is published. Withdraw the publication first, then make it confidential.
rule-complaint-takes-in = Other complaints are handled in this one, so its answer is read by other reporters. Part them first, then make it confidential.
