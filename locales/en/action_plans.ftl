# Action plan: from voice to proof.
action-plans-title = Action plan
action-plans-chain-title = From voice to proof
action-plans-chain-voices = Voice
action-plans-chain-agenda = Forum agenda
action-plans-chain-agreement = Agreement
action-plans-chain-actions = Action
action-plans-chain-proof = Proof
action-plans-history = History
action-plans-progress = Progress
action-plans-evidence = Evidence
action-plans-evidence-none = No evidence yet. An action without evidence does not count as done.
action-status-open = Not started
action-status-in-progress = Under way
action-status-done = Awaiting verification
action-status-verified = Done, evidence verified
action-status-cancelled = Cancelled
rule-action-transition = In its present state this action cannot be changed like that. Reload the page to see how it stands.
rule-action-no-evidence = There is no evidence yet. Report progress with a file or a link as evidence, then hand it in as finished.
rule-action-future-evidence = Some evidence is dated { $day }, which is still to come. Correct the date, or hand it in after that day.
rule-action-own-work = You handed this action in as finished yourself. Ask somebody else with the right to verify it.
rule-action-other-unit = This source belongs to another unit. Links are made within one unit only.
action-edit = Change
action-public-page = See as a citizen
action-description = What is done
action-report-title = Report progress
action-report-do = Save progress
action-field-note = What has been done
action-field-note-hint = Only staff read this note. Citizens see percentage, dates and the number of pieces of evidence.
action-field-happened-on = Day of the activity or evidence
action-field-happened-on-hint = Today at the latest.
action-field-files = Evidence files
action-field-files-hint = PDF, photo, Word or Excel. More than one is fine.
action-field-link = Evidence link
action-field-link-hint = A page that shows the result, such as https://contoh.id/pengumuman
action-too-many-files = At most 10 files at a time.
action-too-many-links = At most { $most } links in one report. Send the others with the next one.
field-date-future = This day is still to come. Choose today or earlier.
field-web-address = Write a full address that begins with https://
action-steps-title = Next step
action-step-finish = When everything is done, hand it in as finished. The head of the unit looks at the evidence.
action-step-evidence-first = There is no evidence yet. Report progress with a file or a link first, then hand it in as finished.
action-step-verify = Look at the evidence. If it is enough, verify it; if not, send it back with a reason.
action-finish-do = Hand in as finished
action-verify-do = Verify evidence
action-send-back-do = Send back
action-field-reason = Reason for sending back
action-field-reason-hint = What is still missing.
action-sources-title = Comes from
action-sources-none = Not linked to any voice yet
action-sources-more = { $first }, and { $more } more
action-unlink = Remove link
action-field-source = Complaint number
action-field-source-hint = Forum inputs and agreed points are linked from the page of their forum.
action-source-unknown = This source was not found. Check the number.
action-link-do = Link complaint
action-link-added = The source is linked.
action-link-removed = The link is removed. The history keeps it.
action-cancel-title = Cancel this action
action-field-cancel-reason = Reason for cancelling
action-field-cancel-reason-hint = This reason is shown on the public page. Do not name persons.
action-cancel-do = Cancel action
action-created = The action is created.
action-changed = The change is saved.
action-due-no-working-day = { $day } is no working day of this unit. The next one: { $next }.
action-fact-budget = Budget
action-field-budget-amount = Amount (Rupiah)
action-field-budget-amount-hint = For example 12.500.000. With it, the budget year and the source of the funds are needed too.
action-field-budget-source = Source of funds
action-field-budget-source-hint = For example APBD Provinsi.
action-budget-whole = An amount needs its budget year and the source of the funds.
action-budget-of-year = budget year { $year }
action-progress-saved = Progress is recorded.
action-finished = The action is handed in as finished. The head of the unit will look at the evidence.
action-verified = The evidence is verified.
action-sent-back = The action is sent back.
action-cancelled = The action is cancelled.
action-late = { $days ->
    [one] { $days } working day late
   *[other] { $days } working days late
}
action-late-weekend = Past its due day
action-due-today = Due today
action-days-left = { $days ->
    [one] { $days } working day left
   *[other] { $days } working days left
}
action-due-on = due { $day }
action-no-division = The whole unit
action-evidence-link = link
action-evidence-of = Evidence { $day }
action-evidence-count = { $count ->
    [one] { $count } piece of evidence
   *[other] { $count } pieces of evidence
}
action-progress-of = Progress of { $code }
action-list-lead = What was promised, the nearest due day first.
action-list-summary = { $count ->
    [one] { $count } action on this page
   *[other] { $count } actions on this page
}
action-list-empty = No actions yet
action-list-empty-text = Actions come from agreed points of a forum or from complaints. Make the first one here.
action-list-none-found = Nothing matches
action-list-none-found-text = No action matches these filters.
action-filters = Filters of the action plan
action-filter-all = All
action-filter-late = Late
action-filter-soon = Late or soon
action-filter-stalled = Stalled
action-filter-no-division = No division
action-filter-year = Year of the plan
action-filter-all-years = All years
action-filter-words = Word or code
action-filter-unit = Unit
action-filter-all-units = All units
action-filter-division = Division
action-filter-all-divisions = All divisions
action-column-action = Action
action-column-status = Status
action-fact-division = Division in charge
action-fact-owner = Answerable
action-fact-due = Due
action-fact-indicator = Indicator
action-fact-budget-year = Budget year
action-field-budget-year-hint = The year whose budget pays; leave empty if it costs nothing. For example 2027.
action-told-carried = Carried into the next forum
action-fact-target = Target
action-fact-created = Created
action-fact-finished = Handed in
action-fact-verified = Verified
action-new-title = New action
action-new-lead = Write what will be done, by whom, and until when. Citizens read it on the page of promises.
action-new-do = Create action
action-edit-title = Change { $code }
action-edit-lead = A due day that was moved stays visible in the history, for citizens too.
action-edit-do = Save changes
action-form-leave = Leave
action-from-source = Comes from:
action-choose-division = Choose a division
action-choose-owner = Choose an official
action-field-title = Title
action-field-title-hint = One short sentence that citizens understand. Do not name persons.
action-field-description = Description
action-field-description-hint = What is done, and how. Citizens read it.
action-field-division-hint = This division reports progress. Citizens see the name of the division, not of a person.
action-field-owner-hint = Seen by staff only.
action-field-due-hint = Choose a working day.
action-field-indicator-hint = Which figure shows the result?
action-field-target-hint = What is that figure when it worked?
action-source-complaint = Complaint
action-source-forum-input = Forum input
action-source-agreed-point = Agreed point
action-source-survey-element = Survey element
action-gap-voice = No voice yet
action-gap-voice-text = This action is not linked to a complaint, a forum input or a survey element yet.
action-gap-agreement = No agreement yet
action-gap-agreement-text = The input is in no point of the record yet.
action-no-forum = Not by a forum
action-no-forum-text = No forum has discussed it yet.
action-no-agreement-text = No point of a record is linked.
action-gap-evidence = No evidence yet
action-gap-evidence-text = An action without evidence does not count as done.
action-gap-verified = Not verified yet
action-gap-verified-text = The head of the unit has not looked at the evidence yet.
action-gap-measured = Not measured again yet
action-told-created = Action created
action-told-changed = Action changed
action-told-due = Due day moved
action-told-due-moved = The due day moved from { $from } to { $to }.
action-told-linked = Linked to a source
action-told-unlinked = Link removed
action-told-progress = Progress { $percent }%
action-told-finished = Handed in as finished
action-told-verified = Evidence verified by the head of the unit
action-told-sent-back = Sent back to be completed
action-told-cancelled = Cancelled
promises-title = Our promises
promises-lead = What was agreed at forums and what came from complaints: who does it, until when, and how far it is.
promises-kept = { $kept } of { $all } promises are done, with verified evidence.
promises-find = Find a promise
promises-because = Because of:
promises-summary = { $count ->
    [one] { $count } promise on this page
   *[other] { $count } promises on this page
}
promises-empty = No promises yet
promises-empty-text = Promises come from forums and from your complaints.
promises-choose-unit = Choose a unit to see its promises.
promise-what = What was promised
promise-why = Why we promised it
promise-complaints = { $count ->
    [one] One complaint of a citizen
   *[other] { $count } complaints of citizens
}
promise-why-none = Where this promise comes from is not recorded yet.
promise-evidence = { $count ->
    [one] There is { $count } piece of evidence.
   *[other] There are { $count } pieces of evidence.
}
promise-evidence-note = The head of the unit looks at the evidence. A promise counts as done only after its evidence is verified.
action-due-in-past = This day has passed. Choose today or a later day.
action-standing-late = { $status }, late

# Milestones, due dates, reminders.
action-milestones = Milestones
action-milestones-none = No milestones yet. With them, progress is computed from what is done.
action-milestone-none = None
action-milestone-open = Not done
action-milestone-late = Late
action-milestone-done-on = Done { $day }
action-milestone-add = Add a milestone
action-milestone-add-do = Add
action-milestone-added = The milestone was added.
action-milestone-remove = Remove the milestone
action-milestone-removed = The milestone was removed.
action-field-milestone = Milestone that is done with this
action-field-milestone-hint = A milestone is done when something shows it: a file or a link.
action-field-milestone-title = Milestone
action-field-milestone-title-hint = One step whose result can be shown.
action-field-milestone-due-hint = On the due day of the action at the latest.
rule-action-milestone-outside = A milestone lies within its action: from { $from } to { $until }.
rule-action-too-many-milestones = An action has at most { $most } milestones.
rule-action-milestone-no-evidence = There is no evidence. Add a file or a link that shows it.
rule-action-milestones-open = { $count ->
    [one] One milestone is not done. Finish it with its evidence, or remove it, then hand the action in.
   *[other] { $count } milestones are not done. Finish them with their evidence, or remove them, then hand the action in.
 }
rule-action-milestone-done = This milestone is done, or its action was handed in. It cannot be changed any more.
rule-action-same-day = This is its due day already. Choose another.
rule-action-milestone-after = There is a milestone on { $day }. Choose a later day, or remove it.
rule-action-link-ended = This link has ended. Sign in to report progress, or wait for the next reminder.
action-progress-rule = Computed, never typed: 25% once reported, 50% with evidence, 90% when handed in, 100% when its evidence is verified.
action-progress-rule-milestones = Computed, never typed: { $done } of { $all } milestones are done (all of them make 80%), 90% when handed in, 100% when its evidence is verified.
action-extensions = Due days that were moved
action-extend = Move the due day
action-extend-do = Move
action-extended = The due day was moved. The first one stays visible.
action-field-new-due = New due day
action-field-new-due-hint = A day in a later year carries the action over into the plan of that year.
action-field-extend-reason = Reason
action-field-extend-reason-hint = Citizens read it on the page of promises. Name nobody.
action-due-fixed = The due day is moved on the page of the action, with a reason.
action-carried-into = Carried over into the plan of { $year }.
action-fact-baseline = First due day
action-fact-carried = Carried over into
action-fact-speed = Speed
action-speed-three = Under 3 months
action-speed-six = Under 6 months
action-speed-longer = 6 months or more
action-speed-running = Not finished yet
action-told-milestone = Milestone added
action-told-milestone-removed = Milestone removed
action-remind-subject = Actions of { $unit } that need an update
action-remind-dear = Dear { $name },
action-remind-lead = These actions are late, or nobody has reported on them for long:
action-remind-overdue = Late: due { $day }.
action-remind-stalled = No report for { $days } days.
action-remind-update = Report progress now, without signing in
action-remind-more = and { $count } more, those that were due last; the list has them all.
action-remind-list = All late actions:
action-remind-link-note = The link for reporting is for you alone; do not pass it on.
action-remind-note = Each action is reminded of at most once a week.
action-update-title = Update an action
action-update-will = What will be written down: progress of { $code }, in the name of { $name }, today. Nothing changes before you press the button.
action-update-note = Still being worked on.
action-update-until = This link is good until { $at }.
action-update-do = Report progress
action-update-over = This action was handed in or closed; there is nothing left to report.
action-update-public = See the promise
action-no-divisions = This unit has no divisions yet: its administrator adds them under Institution
rule-action-issue-elsewhere = An issue is put into action on its own page: there all its voices are linked and hear of it.
rule-action-promised-at-forum = This action was promised at a forum: the link to its point is not taken off. Cancel the action with a reason, or correct the Berita Acara.
action-budget-amount = Write whole Rupiah, from 1 to { $most }, such as 12.500.000.
